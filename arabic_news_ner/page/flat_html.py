"""The text of HTML, a line for each block, however deep the blocks are nested.

No tree is built and no letter is read twice, so any markup takes time in proportion to its length. ``html.parser`` of older
Pythons does not hold to that for tags that do not end (CVE-2025-6069), and refuses some marked sections.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Final

import regex

#: Elements that begin a new line.
BLOCKS: Final = frozenset(
    "p div section article main li ul ol table tr td th h1 h2 h3 h4 h5 h6 blockquote pre header footer aside nav figure "
    "figcaption dl dt dd hr center form fieldset body html details summary address".split()
)
#: A comment, a marked section, another declaration, or a tag. What does not end goes on to the next ``<`` (a tag) or to the end
#: of the page; a quote matters only after ``=``.
_MARKUP = regex.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<(?:[!?]|/(?![a-z]))[^>]*+>?"
    r"|<(?P<closing>/)?(?P<name>[a-z][^\s/<>]*+)(?:[^<>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+>?",
    regex.DOTALL | regex.IGNORECASE,
)
#: Elements that hold no text of the page, and what ends each.
_SILENT: Final = {
    name: regex.compile(rf"</{name}(?=[\s/>])", regex.IGNORECASE)
    for name in ("script", "style", "title", "noscript", "template")
}


def flat_lines(html: str) -> list[str]:
    """The lines of a page that are not empty, their blanks joined. Scripts, styles and the title are left out."""
    lines = "".join(_pieces(html)).split("\0")
    return [text for line in lines if (text := " ".join(unescape(line).split()))]


def _pieces(html: str) -> Iterator[str]:
    """The text between the markup, with NUL where a block begins or ends."""
    at = 0
    while (found := _MARKUP.search(html, at)) is not None:
        yield html[at : found.start()].replace("\0", " ")
        at = found.end()
        name = (found["name"] or "").lower()
        if name in BLOCKS or (name == "br" and not found["closing"]):
            yield "\0"
        elif name in _SILENT and not found["closing"] and not found.group().endswith("/>"):
            end = _SILENT[name].search(html, at)
            at = len(html) if end is None else end.start()
    yield html[at:].replace("\0", " ")
