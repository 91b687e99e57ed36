"""Text to tokens with their offsets."""

from __future__ import annotations

import regex

from arabic_news_ner.document import Token
from arabic_news_ner.text.checks import check_text

_INVISIBLE = r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ARABIC = r"[\p{Script=Arabic}&&[\p{L}\p{M}]\u0640]"
_MARK = r"[\p{M}\u0640]"

TOKEN = regex.compile(
    rf"""
      (?:https?://|www\.)[^\s\p{{Arabic}}<>"'«»“”]*[^\s\p{{Arabic}}<>"'«»“”.,;:!?()\[\]]   # address of a page
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                                        # e-mail address
    | @\w+                                                                                # name of an account
    | \d+(?:[.,:/\-٫٬]\d+)*                                                               # number, date, time, score
    | (?:(?![\u0640])(?=\p{{L}})[\p{{Arabic}}])(?:[[\p{{Arabic}}]&&[\p{{L}}\p{{M}}]]|{_MARK})*
      (?:[{_INVISIBLE}]+(?:[[\p{{Arabic}}]&&[\p{{L}}\p{{M}}]]|{_MARK})+)*                   # Arabic word
    | (?!\p{{Arabic}})\p{{L}}(?:(?!\p{{Arabic}})[\p{{L}}\p{{M}}\d]|['’](?=(?!\p{{Arabic}})\p{{L}}))*   # other word
    | (?P<run>[.\-_=*~!?؟…،,])(?P=run)+                                                     # .. --- !!!
    | (?![\s{_INVISIBLE}])\X                                                              # any other sign, an emoji
    """,
    regex.VERBOSE | regex.VERSION1,
)


def spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each token of ``text``, in order, half-open, in code points."""
    return [match.span() for match in TOKEN.finditer(text)]


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``: words, numbers and signs with their offsets.

    :raises InputError: where ``text`` is no str.
    """
    check_text(text)
    return tuple(Token(start, end, text[start:end]) for start, end in spans(text))
