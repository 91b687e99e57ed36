"""The model pack: a folder of pack.json, an ONNX graph and a tokenizer, each checked before it is used.

``pack.json`` holds the protocol number, the name and version of the pack, the heads with their labels in the order of the
graph's columns, the window sizes, the calibration, the corpora with their licences, and for each other file its size
in bytes and its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arabic_news_ner.errors import ModelError

#: The number of packs that are made now; 2 has a holder pointer (``holders.npz``), whose columns follow those of the heads.
PROTOCOL = 2
#: Packs of other numbers are refused: their graphs or columns mean something else. 1 is 2 without a holder pointer.
READABLE = (1, 2)
MANIFEST = "pack.json"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
#: The table of word vectors, in packs whose graph reads them.
WORDS_FILE = "words.npz"
#: The weights of the holder pointer, in packs that have one.
HOLDERS_FILE = "holders.npz"
BUILT_IN = Path(__file__).resolve().parent.parent.parent / "data" / "packs"


#: No raw probability counts as surer than this.
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling on the log-odds of the raw score: ``1 / (1 + exp(-(slope * log_odds + offset)))``."""

    slope: float
    offset: float


def calibrated(raw: float, calibration: Calibration | None) -> float:
    """The probability that Platt scaling makes of a raw one, to four digits; the raw one where there is no scaling."""
    raw = min(max(raw, _SMALLEST), 1 - _SMALLEST)
    if calibration is None:
        return round(raw, 4)
    log_odds = math.log(raw / (1 - raw))
    return round(1 / (1 + math.exp(-(calibration.slope * log_odds + calibration.offset))), 4)


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read and checked."""

    name: str
    version: str
    folder: Path
    heads: dict[str, tuple[str, ...]]
    window: int
    context: int
    #: Pieces in a row of an encoder that reads whole tokens; 0 for one that reads pieces.
    slots: int
    calibration: dict[str, Calibration]
    manifest: dict[str, Any]
    model: bytes
    tokenizer: bytes
    #: The table of word vectors; ``None`` for a pack without.
    words: bytes | None
    #: The weights of the holder pointer; ``None`` for a pack without.
    holders: bytes | None


def built_in_packs() -> tuple[str, ...]:
    """The names of the packs that the package carries."""
    return tuple(sorted(p.parent.name for p in BUILT_IN.glob(f"*/{MANIFEST}")))


def find(model: str | Path) -> Path:
    """The folder of a pack: a built-in name, or a path.

    :raises ModelError: where neither is there.
    """
    if isinstance(model, str) and model in built_in_packs():
        return BUILT_IN / model
    folder = Path(model)
    if (folder / MANIFEST).is_file():
        return folder
    names = ", ".join(map(repr, built_in_packs())) or "none"
    raise ModelError(
        f"no model pack {str(model)!r}: it is neither a built-in pack ({names}) nor a folder with a {MANIFEST}. "
        "Pass one of these names or the path of a pack's folder."
    )


def load(model: str | Path) -> Pack:
    """Read a pack and check it: protocol, sizes, SHA-256 of each file.

    :raises ModelError: where a file is missing, damaged or of another protocol.
    """
    folder = find(model)
    manifest = _manifest(folder)
    files = {name: _file(folder, name, manifest) for name in (MODEL_FILE, TOKENIZER_FILE)}
    words, holders = (
        _file(folder, name, manifest) if name in manifest.get("files", {}) else None
        for name in (WORDS_FILE, HOLDERS_FILE)
    )
    try:
        return Pack(
            name=manifest["name"],
            version=manifest["version"],
            folder=folder,
            heads={head["name"]: tuple(head["labels"]) for head in manifest["heads"]},
            window=manifest["window"],
            context=manifest["context"],
            slots=manifest.get("slots", 0),
            calibration={name: Calibration(**c) for name, c in manifest["calibration"].items()},
            manifest=manifest,
            model=files[MODEL_FILE],
            tokenizer=files[TOKENIZER_FILE],
            words=words,
            holders=holders,
        )
    except (KeyError, TypeError) as error:
        raise _damaged(folder, f"{MANIFEST} lacks or misuses {error}") from error


def _damaged(folder: Path, what: str) -> ModelError:
    remedy = (
        "Reinstall the package: pip install --force-reinstall arabic-news-ner."
        if folder.parent == BUILT_IN
        else "Copy the folder again from where it was made."
    )
    return ModelError(f"the model pack in {folder} is damaged: {what}. {remedy}")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise _damaged(folder, f"{MANIFEST} cannot be read ({error})") from error
    if not isinstance(manifest, dict) or "protocol" not in manifest:
        raise _damaged(folder, f"{MANIFEST} has no protocol number")
    if manifest["protocol"] not in READABLE:
        known = " and ".join(map(str, READABLE))
        raise ModelError(
            f"the model pack in {folder} speaks protocol {manifest['protocol']!r}, this version of arabic_news_ner "
            f"reads protocols {known}. Use a pack made for this version, or the version that the pack was made for."
        )
    return manifest


def _file(folder: Path, name: str, manifest: dict[str, Any]) -> bytes:
    try:
        wanted = manifest["files"][name]
        size, digest = wanted["bytes"], wanted["sha256"]
    except (KeyError, TypeError) as error:
        raise _damaged(folder, f"{MANIFEST} does not list {name}") from error
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise _damaged(folder, f"{name} cannot be read ({error.strerror})") from error
    if len(content) != size:
        raise _damaged(folder, f"{name} has {len(content)} bytes, expected {size}")
    if (seen := hashlib.sha256(content).hexdigest()) != digest:
        raise _damaged(folder, f"{name} has SHA-256 {seen[:12]}..., expected {digest[:12]}...")
    return content
