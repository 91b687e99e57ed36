"""The labels of other models, each mapped explicitly to PER, ORG, LOC or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from arabic_news_ner.errors import ModelError
from arabic_news_ner.types import Label

#: The types of CAMeL Tools, Stanza and the common corpora. ``None``: a type that this library leaves out.
TYPES: Mapping[str, Label | None] = {
    "PER": "PER", "PERS": "PER", "PERSON": "PER",
    "ORG": "ORG", "ORGANIZATION": "ORG",
    "LOC": "LOC", "LOCATION": "LOC", "GPE": "LOC", "FAC": "LOC",
    "MISC": None,
}  # fmt: skip
#: The prefixes of a type: BIO and BIOES.
_PREFIXES = ("B", "I", "E", "S")


def bio_types(
    labels: Iterable[str], model: str, extra: Mapping[str, Label | None] | None = None
) -> dict[str, Label | None]:
    """The label of this library for every type of a model's labels (``B-PERS``, ``S-GPE``, ``O``).

    :param extra: types in addition to :data:`TYPES`, or another mapping for them.
    :raises ModelError: if a type is unknown, with the remedy.
    """
    known = {**TYPES, **(extra or {})}
    types = {type_of(label) for label in labels} - {""}
    unknown = sorted(types - set(known))
    if unknown:
        raise ModelError(
            f"the model {model} has labels of unknown types: {', '.join(unknown)}. "
            f"Say what they are: labels={{{unknown[0]!r}: 'ORG'}}, or None for names to leave out."
        )
    return {kind: known[kind] for kind in types}


def type_of(label: str) -> str:
    """The type of a label: ``B-PERS`` -> ``PERS``; empty for ``O`` and for padding."""
    if label in ("O", "<PAD>", "<UNK>", "_", "-"):
        return ""
    prefix, dash, kind = label.partition("-")
    return kind.upper() if dash and prefix in _PREFIXES else label.upper()


def as_bio(labels: Iterable[str]) -> list[str]:
    """BIOES or BIO labels as BIO: ``S-X`` is ``B-X`` and ``E-X`` ``I-X``; a type without a prefix is inside or begins."""
    out: list[str] = []
    before = ""
    for label in labels:
        kind = type_of(label)
        prefix = label[0] if "-" in label and label.partition("-")[0] in _PREFIXES else ("I" if kind == before else "B")
        out.append("O" if not kind else f"{'B' if prefix in 'BS' else 'I'}-{kind}")
        before = kind
    return out
