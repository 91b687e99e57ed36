"""Text to sentences: headlines, lines without a full stop and ``..`` included.

A line break always ends a sentence. Within a line a stop ends one unless one of the named rules says that it does not; a
sentence that grows too long is cut at a comma.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from arabic_news_ner.text.checks import check_text
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import Sentences, Token, Tokens

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


def sentences(text: str, tokens: Sequence[Token] | None = None) -> Sentences:
    """The sentences of ``text`` in order, each without the blanks around it; every token is in exactly one.

    :param tokens: the tokens of the text, where the caller has them.
    :raises InputError: if ``text`` is not a str.
    """
    check_text(text)
    tokens = tokenize(text) if tokens is None else Tokens.of(text, tokens)
    starts, ends = array("I"), array("I")
    start = 0
    for end in _ends(text, tokens):
        for a, b in _cut(tokens, start, end):
            starts.append(tokens.starts[a])
            ends.append(tokens.ends[b - 1])
        start = end
    return Sentences(text, starts, ends)


def _ends(text: str, tokens: Tokens) -> array[int]:
    """Past the last token of each sentence."""
    out = array("I")
    open_stop = False
    last = 0
    for i, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        word = text[start:end]
        if i:
            gap = text[last:start]
            broken = gap not in ("", " ") and any(mark in gap for mark in LINE_ENDS)
            if broken or (open_stop and word not in STOPS and (gap or word not in CLOSERS)):
                out.append(i)
                open_stop = False
        if word in STOPS:
            open_stop = not any(rule(tokens, i) for rule in KEEPERS)
        last = end
    if tokens:
        out.append(len(tokens))
    return out


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
