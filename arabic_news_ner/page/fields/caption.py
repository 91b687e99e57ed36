"""Captions without their label."""

from __future__ import annotations

import regex

_CAPTION_LABEL = regex.compile(
    r"^(?:التعليق\s+على\s+الصورة|(?:في\s+)?الصورة|صورة|صور|(?:ال)?صورة\s+[أا]رشيفية|[أا]رشيفية|[Ii]mage|[Cc]aption)\s*[:：،,|]\s*"
)


def caption_of(line: str) -> str:
    """A caption without its label: ``التعليق على الصورة، قارب صيد``."""
    return _CAPTION_LABEL.sub("", line, count=1).strip()
