"""The model pack: a folder of pack.json, an ONNX graph and a tokenizer, each checked before it is used.

``pack.json`` holds the protocol number, the name and version of the pack, the heads with their labels in the order of the
graph's columns, the window sizes, the calibration, the corpora with their licences, and for each other file its size
in bytes and its SHA-256.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from arabic_news_ner.errors import ModelError
from arabic_news_ner.manifest import Manifest, read_manifest
from arabic_news_ner.tagging.protocol import GUESSES

#: The current protocol. 2 has a holder pointer (``holders.npz``); its columns follow the columns of the heads.
PROTOCOL = 2
#: The protocols that can be read; the graphs or columns of others have another meaning. 1 is 2 without a holder
#: pointer.
READABLE = (1, 2)
MANIFEST = "pack.json"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
#: The table of word vectors, in packs whose graph reads them.
WORDS_FILE = "words.npz"
#: The weights of the holder pointer, in packs that have one.
HOLDERS_FILE = "holders.npz"
#: The heads of the protocol, in the order of the graph's columns, and their labels. All but "news" are optional.
HEADS: dict[str, tuple[str, ...]] = {
    "news": ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"),
    "subtype": (
        *("government", "military", "party", "company", "media", "sports", "education", "international", "other"),
        *("country", "city", "region", "facility", "nature"),
    ),
    "role": ("O", "B-ROLE", "I-ROLE"),
    "holder": GUESSES,
    "prefix": ("0", "1", "2", "3"),
    "anercorp": ("O", "B-PERS", "I-PERS", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"),
}
#: The least and the most positions of a window, and the most pieces in the row of a token.
WINDOWS = (8, 8192)
LARGEST_SLOTS = 64
#: The mark of a tensor in another file: the entry "location" of external data, as protobuf writes it.
_OUTSIDE = b"\n\x08location\x12"
BUILT_IN = Path(__file__).resolve().parent.parent.parent / "data" / "packs"
#: The upper limit of a raw probability.
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling on the log-odds of the raw score: ``1 / (1 + exp(-(slope * log_odds + offset)))``."""

    slope: float
    offset: float


def calibrated(raw: float, calibration: Calibration | None) -> float:
    """A raw probability after Platt scaling, with four digits; unchanged without a calibration."""
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
    """The names of the packs inside the package."""
    return tuple(sorted(p.parent.name for p in BUILT_IN.glob(f"*/{MANIFEST}")))


def find(model: str | Path) -> Path:
    """The folder of a pack: a built-in name, or a path.

    :raises ModelError: if neither is there.
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
    """Read a pack and check it: protocol, the type of every value, sizes, SHA-256 of each file.

    :raises ModelError: if a file or value is missing, damaged or of another protocol.
    """
    manifest = read_manifest(find(model), "the model pack", READABLE, MANIFEST)
    checked = _Values(manifest)
    window, context = checked.whole("window", WINDOWS), checked.whole("context", (0, WINDOWS[1]))
    if window < 2 * context + 3:
        manifest.damaged(f"a window of {window} has no room beside two contexts of {context}")
    model_bytes = manifest.read(MODEL_FILE)
    if _OUTSIDE in model_bytes:
        manifest.damaged(f"{MODEL_FILE} keeps weights in files of its own, which are not checked")
    return Pack(
        name=checked.text("name"),
        version=checked.text("version"),
        folder=manifest.folder,
        heads=checked.heads(),
        window=window,
        context=context,
        slots=checked.whole("slots", (0, LARGEST_SLOTS)) if "slots" in manifest.content else 0,
        calibration=checked.calibration(),
        manifest=dict(manifest.content),
        model=model_bytes,
        tokenizer=manifest.read(TOKENIZER_FILE),
        words=manifest.read(WORDS_FILE) if WORDS_FILE in manifest else None,
        holders=manifest.read(HOLDERS_FILE) if HOLDERS_FILE in manifest else None,
    )


class _Values:
    """The values of a pack's manifest, each of the type and in the range that it must have."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest

    def _get(self, name: str) -> Any:
        if name not in self._manifest.content:
            self._manifest.damaged(f"{MANIFEST} has no {name!r}")
        return self._manifest.content[name]

    def _wrong(self, name: str, value: object, wanted: str) -> NoReturn:
        self._manifest.damaged(f"{MANIFEST} has {name} {value!r:.80}, expected {wanted}")

    def text(self, name: str) -> str:
        value = self._get(name)
        if not isinstance(value, str) or not value:
            self._wrong(name, value, "a str that is not empty")
        return value

    def whole(self, name: str, limits: tuple[int, int]) -> int:
        value = self._get(name)
        if type(value) is not int or not limits[0] <= value <= limits[1]:
            self._wrong(name, value, f"a whole number from {limits[0]} to {limits[1]}")
        return value

    def heads(self) -> dict[str, tuple[str, ...]]:
        """The labels of each head. Their order must be that of the protocol, because swapped columns cannot be
        detected."""
        value = self._get("heads")
        out: dict[str, tuple[str, ...]] = {}
        if not isinstance(value, list):
            self._wrong("heads", value, "a list")
        for head in value:
            name, labels = (head.get("name"), head.get("labels")) if isinstance(head, dict) else (None, None)
            labels = labels if isinstance(labels, list) and all(isinstance(label, str) for label in labels) else []
            if not isinstance(name, str) or not labels or len(set(labels)) != len(labels) or name in out:
                self._wrong("the head", head, "a name of its own and labels, none of them twice")
            out[name] = tuple(labels)
        if "news" not in out:
            self._wrong("heads", list(out), "one called 'news'")
        known = [name for name in out if name in HEADS]
        if known != [name for name in HEADS if name in out]:
            self._wrong("heads", known, f"the order {list(HEADS)}")
        for name in known:
            if out[name] != HEADS[name]:
                self._wrong(f"labels of the head {name!r}", out[name], f"{HEADS[name]}")
        return out

    def calibration(self) -> dict[str, Calibration]:
        value = self._get("calibration")
        if not isinstance(value, dict):
            self._wrong("calibration", value, "an object")
        out = {}
        for label, pair in value.items():
            fits = isinstance(pair, dict) and set(pair) == {"slope", "offset"}
            if not fits or not all(type(x) in (int, float) and math.isfinite(x) for x in pair.values()):
                self._wrong(f"the calibration of {label}", pair, "the numbers slope and offset")
            out[label] = Calibration(float(pair["slope"]), float(pair["offset"]))
        return out
