"""Docstrings for the site: doctests become code blocks, roles such as :meth:`x` become code."""

from __future__ import annotations

import re
from typing import Any

import griffe

_DOCTEST = re.compile(r"^(>>> .*(?:\n(?!\n).*)*)", re.M)
_ROLE = re.compile(r":(?:class|meth|func|data|mod|attr|exc):`~?\.?([^`]+)`")


class Docstrings(griffe.Extension):
    """Rewrites each docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        if obj.docstring is not None:
            text = _ROLE.sub(r"`\1`", obj.docstring.value)
            obj.docstring.value = _DOCTEST.sub(r"```pycon\n\1\n```", text)
