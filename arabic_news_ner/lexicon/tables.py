"""Tables of the package: tab-separated text with a header, checked against the SHA-256 of the manifest."""

from __future__ import annotations

from pathlib import Path

from arabic_news_ner.errors import ModelError
from arabic_news_ner.manifest import Manifest
from arabic_news_ner.manifest import read_manifest as read

PROTOCOL = 1
FOLDER = Path(__file__).resolve().parent.parent / "data" / "lexicon"
ADVICE = "After an edit: python -m training.lexicon."


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder of tables.

    :raises ModelError: if it is missing, no JSON or of another protocol.
    """
    return read(folder, "the lexicon", (PROTOCOL,), advice=ADVICE)


def read_table(folder: Path, name: str, manifest: Manifest) -> list[dict[str, str]]:
    """The rows of a table, each a mapping from column to cell, in file order. Lines that begin with ``#`` are comments.

    :raises ModelError: if the file is missing, is not the one of the manifest, or a row has too few or too many cells.
    """
    try:
        return parse_table(manifest.read(name).decode("utf-8"), str(folder / name))
    except UnicodeDecodeError as error:
        manifest.damaged(f"{name} is not UTF-8 ({error})")


def parse_table(text: str, name: str) -> list[dict[str, str]]:
    """The rows of a table given as text; ``name`` is for the message. :raises ModelError: as :func:`read_table`."""
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t") if lines else []
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ModelError(
                f"{name}: {line!r} has {len(cells)} cells, the header {len(header)}; separate them by tabs"
            )
        rows.append(dict(zip(header, cells, strict=True)))
    return rows
