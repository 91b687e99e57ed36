"""Text to tokens with their offsets: words, numbers and signs.

The rules are tried in order at each place; the first that fits makes the token. Every visible character is in one
token; blanks and invisible signs between words are in none.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import islice
from typing import Final

import regex

from arabic_news_ner.text.checks import check_text
from arabic_news_ner.types import Tokens

_INVISIBLE: Final = r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ARABIC: Final = r"(?:[[\p{Arabic}]&&[\p{L}\p{M}]]|[\p{M}\u0640])"
_FOREIGN: Final = r"(?!\p{Arabic})"

#: Name of a rule and its pattern, with an example of what it keeps together or apart.
RULES: Final[dict[str, str]] = {
    # https://t.co/x1 stays whole, the full stop after it does not belong to it
    "address": r"""(?:https?://|www\.)[^\s\p{Arabic}<>"'«»“”]*[^\s\p{Arabic}<>"'«»“”.,;:!?()\[\]]""",
    # news@example.org; only where its first part begins: a run of letters and stops is read once
    "mail": r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+",
    # @Presidency_LY
    "account": r"@\w+",
    # 3.5, 10:30, 2015/08/10, 2-1, ١٬٢٠٠; the comma of a list stays apart: 5, 6
    "number": r"\d+(?:[.,:/\-٫٬]\d+)*",
    # وَقَالَ, العـــراق, a word with a direction mark inside; مصر24 and CNNبالعربية are two tokens each
    "arabic_word": rf"(?=\p{{L}})[\p{{Arabic}}--\u0640]{_ARABIC}*(?:[{_INVISIBLE}]+{_ARABIC}+)*",
    # F16, L'atelier, O'Brien; the hyphen of Saint-Germain stays apart
    "foreign_word": rf"{_FOREIGN}\p{{L}}(?:{_FOREIGN}[\p{{L}}\p{{M}}\d]|['’](?={_FOREIGN}\p{{L}}))*",
    # .. --- !!! ؟؟
    "run": r"(?P<run>[.\-_=*~!?؟…،,])(?P=run)+",
    # 🇱🇾 is a pair of letters, and in a row of them each pair a flag; \X alone would count the row anew at each place
    "flag": r"[\U0001F1E6-\U0001F1FF]{1,2}[\p{Grapheme_Cluster_Break=Extend}\u200d]*+",
    # any other sign by itself, an emoji with all its parts: « ، (
    "sign": rf"(?![\s\x1c-\x1f{_INVISIBLE}])\X",
}

#: Tokens that are read at a time.
BLOCK: Final = 8192

TOKEN: Final = regex.compile("|".join(f"(?:{rule})" for rule in RULES.values()), regex.VERSION1)


def spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each token of ``text``, in order, half-open, in code points."""
    return [match.span() for match in TOKEN.finditer(text)]


def tokenize(text: str) -> Tokens:
    """The tokens of ``text``: words, numbers and signs with their offsets.

    :raises InputError: if ``text`` is not a str.
    """
    check_text(text)
    starts, ends = array("I"), array("I")
    for some in _blocks(text):
        starts.extend([start for start, _ in some])
        ends.extend([end for _, end in some])
    return Tokens(text, starts, ends)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The spans of the tokens, some thousands at a time: the pairs of a long text take more than the text."""
    matches = TOKEN.finditer(text)
    while some := [match.span() for match in islice(matches, BLOCK)]:
        yield some
