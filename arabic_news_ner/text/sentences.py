"""Text to sentences: headlines, lines without a full stop and ``..`` included.

A line break always ends a sentence. Within a line a stop ends one unless one of the named rules says that it does not; a
sentence that grows too long is cut at a comma.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from arabic_news_ner.text.checks import check_text
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import Sentence, Token

#: Tokens after which a sentence may end.
STOPS = frozenset((".", "..", "...", "....", "…", "؟", "?", "!", "۔", "!!", "؟؟", "..."))
CLOSERS = frozenset("\"'”’»)]}“″")
#: Titles and measures that are written with a point: د. (doctor), م. (engineer), أ. (professor), ص.ب (P.O. box).
ABBREVIATIONS = frozenset(
    ("د", "م", "أ", "ا", "ص", "ت", "هـ", "ه", "ق", "ج", "ب", "ف", "ك", "ل", "ر", "س", "ش", "ط", "ع", "ن", "و", "ي")
)
#: Titles before which "and" is written: ود. منى. Of other letters it would make a word (``به``, ``لك``, ``لم``).
AND_TITLES = frozenset(("ود", "وم", "وأ", "وا"))
#: Signs right before a single letter with a point: the point of another, an open bracket or quote.
BEFORE_INITIALS = frozenset('(.["«“')
LINE_ENDS = ("\n", "\r", "\u2028", "\u2029")
#: Tokens of one sentence, at the most.
LONGEST = 160

Rule = Callable[[Sequence[Token], int], bool]


def abbreviation(tokens: Sequence[Token], at: int) -> bool:
    """A single letter before the point, or a title after "and", and a word close after it: ``د. محمد``, ``أ.ف.ب``, ``ش.م.م.``,
    ``وأ.د. منى``, ``"ط. ع"``; not ``قالت روسيا. وأضافت``."""
    if tokens[at].text != "." or at == 0:
        return False
    before = tokens[at - 1]
    if before.end != tokens[at].start or before.text not in ABBREVIATIONS | AND_TITLES:
        return False
    return at + 1 < len(tokens) and (
        at < 2 or before.start > tokens[at - 2].end or tokens[at - 2].text in BEFORE_INITIALS
    )


def latin_abbreviation(tokens: Sequence[Token], at: int) -> bool:
    """Capital letters with points: ``U.S. Bank``; not ``في CNN. وقال``."""
    if tokens[at].text != "." or at == 0:
        return False
    before = tokens[at - 1].text
    return len(before) == 1 and before.isascii() and before.isalpha()


def inside_word(tokens: Sequence[Token], at: int) -> bool:
    """No blank on either side of a point, a Latin word or a number after it: ``موقع.net``; not ``النهاية.وقال``."""
    if tokens[at].text != "." or at + 1 >= len(tokens) or at == 0:
        return False
    after = tokens[at + 1]
    glued = tokens[at].start == tokens[at - 1].end and after.start == tokens[at].end
    return glued and after.text[0].isalnum() and after.text.isascii()


#: A stop that one of these explains ends no sentence.
KEEPERS: tuple[Rule, ...] = (abbreviation, latin_abbreviation, inside_word)


def sentences(text: str, tokens: Sequence[Token] | None = None) -> tuple[Sentence, ...]:
    """The sentences of ``text`` in order, each without the blanks around it; every token is in exactly one.

    :param tokens: the tokens of the text, where the caller has them.
    :raises InputError: if ``text`` is not a str.
    """
    check_text(text)
    if tokens is None:
        tokens = tokenize(text)
    out: list[Sentence] = []
    start = 0
    for end in _ends(text, tokens):
        for a, b in _cut(tokens, start, end):
            first, last = tokens[a].start, tokens[b - 1].end
            out.append(Sentence(first, last, text[first:last]))
        start = end
    return tuple(out)


def _ends(text: str, tokens: Sequence[Token]) -> list[int]:
    """Past the last token of each sentence."""
    ends: list[int] = []
    open_stop = False
    for i, token in enumerate(tokens):
        if i:
            gap = text[tokens[i - 1].end : token.start]
            broken = gap not in ("", " ") and any(mark in gap for mark in LINE_ENDS)
            if broken or (open_stop and token.text not in STOPS and (gap or token.text not in CLOSERS)):
                ends.append(i)
                open_stop = False
        if token.text in STOPS:
            open_stop = not any(rule(tokens, i) for rule in KEEPERS)
    if tokens:
        ends.append(len(tokens))
    return ends


def _cut(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """A run of tokens as parts of at most ``LONGEST``, each cut after the last comma or semicolon of its second half."""
    parts: list[tuple[int, int]] = []
    while end - start > LONGEST:
        stop = start + LONGEST
        at = next(
            (i + 1 for i in range(stop - 1, start + LONGEST // 2, -1) if tokens[i].text in ("،", "؛", ",", ";")), stop
        )
        parts.append((start, at))
        start = at
    parts.append((start, end))
    return parts
