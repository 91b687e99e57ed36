"""Tables of the package: tab-separated text with a header, held against the SHA-256 of their manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arabic_news_ner.errors import ModelError

PROTOCOL = 1
FOLDER = Path(__file__).resolve().parent.parent / "data" / "lexicon"
_ADVICE = "install the package again, or run `python -m training.lexicon` after an edit"


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """The manifest of a folder of tables.

    :raises ModelError: where it is missing, no JSON or of another protocol.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no lexicon in {folder} ({error}); {_ADVICE}") from error
    if manifest.get("protocol") != PROTOCOL:
        raise ModelError(
            f"lexicon in {folder} has protocol {manifest.get('protocol')!r}, this version reads {PROTOCOL}; {_ADVICE}"
        )
    return manifest


def read_table(folder: Path, name: str, manifest: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of a table, each from column to cell, in file order. Lines that begin with ``#`` are comments.

    :raises ModelError: where the file is missing, is not the one of the manifest, or a row has too few or too many cells.
    """
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(f"cannot read {folder / name} ({error}); {_ADVICE}") from error
    if hashlib.sha256(data).hexdigest() != manifest["files"].get(name, {}).get("sha256"):
        raise ModelError(f"{folder / name} is not the file that manifest.json names by its SHA-256; {_ADVICE}")
    return parse_table(data.decode("utf-8"), str(folder / name))


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
