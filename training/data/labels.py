"""Label sets of the heads: what each output column means. The order is part of the pack."""

from __future__ import annotations

from typing import Final

NEWS: Final = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
SUBTYPE: Final = [
    "government",
    "military",
    "party",
    "company",
    "media",
    "sports",
    "education",
    "international",
    "other",
    "country",
    "city",
    "region",
    "facility",
    "nature",
]
ROLE: Final = ["O", "B-ROLE", "I-ROLE"]
#: Whose role it is: the nearest person after it, before it, somebody not named, a person further away.
HOLDER: Final = ["next", "previous", "unnamed", "elsewhere"]
#: Letters of the attached prefix before the name (و ف ب ل ك and pairs): 0 to 3.
PREFIX: Final = ["0", "1", "2", "3"]
ANERCORP: Final = ["O", "B-PERS", "I-PERS", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"]
#: Heads whose probabilities a teacher passes on, in order.
SOFT_HEADS: Final = ("news", "subtype", "role", "holder", "prefix")


def head_sizes(fine: list[str]) -> dict[str, int]:
    """The heads of a tagger while it is trained, ``fine`` the classes of NewsFANE, with their numbers of labels."""
    return {
        "news": len(NEWS),
        "subtype": len(SUBTYPE),
        "role": len(ROLE),
        "holder": len(HOLDER),
        "prefix": len(PREFIX),
        "anercorp": len(ANERCORP),
        "newsfane": len(fine),
    }
