"""What the preprocessing of AraBERT v0.2 gives, without Farasa, with the alignment to the original.

Written from the behaviour of ``ArabertPreprocessor("bert-base-arabertv02").preprocess`` of the package arabert 1.0.1. "Like",
because the patterns are our own; where they differ is in docs/normalize.md.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from arabic_news_ner.text.characters import TATWEEL
from arabic_news_ner.text.edits import Edit, Edited

LINK: Final = " [رابط] "
MAIL: Final = " [بريد] "
USER: Final = " [مستخدم] "

_VOWEL_SIGNS_AND_TATWEEL: Final = dict.fromkeys("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652" + TATWEEL, "")
_DIGITS: Final = {chr(0x0660 + digit): str(digit) for digit in range(10)}

_ENTITY: Final = re.compile(r"&[^&;<\t\n\f ]+;?")
_HOST: Final = r"[\w@:%.+~#=-]"
#: In the order in which they are replaced: a part of a link that one leaves standing may be taken by the next.
_LINKS: Final = (
    re.compile(rf"(?:https?://[^\n]|(?<!{_HOST})){_HOST}{{2,}}\.[a-z]{{2,6}}(?u:\b)[\w@:%.+~#=?&/-]*", re.ASCII),
    re.compile(r"https?://[\w./~?=%&-]+", re.ASCII),
    re.compile(r"www[\w./~?=%&-]+", re.ASCII),
    re.compile(r"(?:(?<![A-Za-z])|(?<=\.com))[A-Za-z]+\.com"),
    re.compile(r"http\S*"),
    re.compile(r"www\S*"),
    re.compile(r"://"),
)
_MAILS: Final = (
    re.compile(r"(?<![\w-])[\w-]+@(?:[\w-]+\.)+[\w-]+"),
    re.compile(r"(?<!\S)\S[^\s@]*@\S+"),
)
_USERS: Final = re.compile(r"@\w+")
_LINE_TAG: Final = re.compile("<br />")
_TAGS: Final = re.compile(r"<[^>]+>")

_WORD: Final = frozenset("".join(chr(c) for c in (*range(0x0621, 0x063B), *range(0x0641, 0x064B))) + "[]") | frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
#: What stays though it is neither letter nor digit; every other sign is dropped, also letters of Persian keyboards.
_SIGNS: Final = frozenset(
    "!\"#$%'()*+,.:;-<=·>?@\\^_`{|}~—٪’،؟“؛”»«–…‘\u0b4d\u06da٫٬"
    + "".join(chr(c) for c in (*range(0x064B, 0x0660), *range(0x0671, 0x0675)))
)
_LETTERS: Final = "[\u0621-\u063a\u0641-\u064a]"
_NUMBER_WORD: Final = re.compile(rf"(?<![0-9])([0-9]+)({_LETTERS}+)")
_WORD_NUMBER: Final = re.compile(rf"(?<!{_LETTERS})({_LETTERS}+)([0-9]+)")


def arabert_like(text: str) -> Edited:
    """What AraBERT v0.2 reads: ``قلنا: في ٢٠٢٤م... https://example.com`` -> ``قلنا : في 2024 م . . [رابط]``.

    In this order: HTML entities resolved, vowel signs and tatweel dropped, links, mail addresses and mentions replaced by
    ``[رابط]``, ``[بريد]`` and ``[مستخدم]``, HTML tags dropped, Arabic-Indic digits as 0 to 9, runs of one character cut to two,
    punctuation set apart from words, numbers set apart from words, ``/`` as ``-``, all other signs (emoji, Latin with
    accents, Persian letters and digits, dagger alef) dropped, blanks joined.
    """
    edited = Edited.of(text)
    edited = edited.edit(_entities(text)).map(_VOWEL_SIGNS_AND_TATWEEL)
    for pattern in _LINKS:
        edited = edited.replace(pattern, LINK)
    for pattern in _MAILS:
        edited = edited.replace(pattern, MAIL)
    edited = edited.replace(_USERS, USER).replace(_LINE_TAG, " ")
    edited = edited.replace(_TAGS, " ", until=edited.text.rfind(">") + 1).map(_DIGITS)
    edited = edited.edit(_long_runs(edited.text))
    edited = edited.edit(_set_apart(edited.text))
    for pattern in (_NUMBER_WORD, _WORD_NUMBER):
        edited = edited.edit(_parted(edited.text, pattern))
    return _blanks_joined(edited, text)


def _entities(text: str) -> Iterator[Edit]:
    """``&quot;`` as ``"``, ``&#1605;`` as ``م``."""
    for match in _ENTITY.finditer(text):
        resolved = html.unescape(match[0])
        if resolved != match[0]:
            yield *match.span(), resolved


def _long_runs(text: str) -> Iterator[Edit]:
    """``ههههه`` as ``هه``; numbers are left alone: ``1000``."""
    end = 0
    for character, same in groupby(text):
        start, end = end, end + sum(1 for _ in same)
        if end - start > 2 and not character.isdecimal():
            yield start + 2, end, ""


def _set_apart(text: str) -> Iterator[Edit]:
    """``قلنا:`` as ``قلنا : ``, ``مصر/لبنان`` as ``مصر - لبنان``, ``فوز🎉`` as ``فوز ``."""
    for i, character in enumerate(text):
        if character not in _WORD:
            sign = "-" if character == "/" else character
            yield i, i + 1, f" {sign} " if sign in _SIGNS else " "


def _parted(text: str, pattern: re.Pattern[str]) -> Iterator[Edit]:
    """``كوفيد19`` as `` كوفيد 19 ``, for the two groups of a pattern."""
    for match in pattern.finditer(text):
        for group in (1, 2):
            first, after = match.start(group), match.end(group)
            last = after - 1
            if group == 1:
                yield first, first + 1, " " + text[first]
            elif first == last:
                yield first, after, f" {text[first]} "
            else:
                yield first, first + 1, " " + text[first]
                yield last, after, text[last] + " "


def _blanks_joined(edited: Edited, original: str) -> Edited:
    """Each run of blanks as one, none at the edges; it comes from the blanks of the original, if there were any."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in re.finditer(r"\S+|\s+", edited.text):
        begin, end = match.span()
        if not match[0].isspace():
            letters.append(match[0])
            starts += edited.starts[begin:end]
            ends += edited.ends[begin:end]
        elif begin and end < len(edited.text):
            real = [i for i in range(begin, end) if original[edited.starts[i] : edited.ends[i]].isspace()]
            letters.append(" ")
            starts.append(edited.starts[real[0] if real else begin])
            ends.append(edited.ends[real[-1] if real else end - 1])
    return Edited("".join(letters), tuple(starts), tuple(ends))
