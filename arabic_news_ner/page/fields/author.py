"""Is a line of two to four words the name of an author?"""

from __future__ import annotations

from functools import lru_cache

import regex

from arabic_news_ner.page.settings import LONGEST_FIELD
from arabic_news_ner.page.tables import rows
from arabic_news_ner.page.tables import words as word_list
from arabic_news_ner.text.fold import fold

_NAME = regex.compile(r"\p{Arabic}+(?:\.|\b)(?:\s\p{Arabic}+){1,3}")
#: What stands beside a name: a dash or a bar, a bracket to the end.
_BESIDE_NAME = regex.compile(r"\s+[-–—ـ|]\s*|\s*[(].*$")
_NOT_NAME = regex.compile(r"\s*[\w.]*@[\w.]*\s*$|\s*[-–—]\s*$")


@lru_cache(maxsize=1)
def _title() -> regex.Pattern[str]:
    """What stands before a name: ``د. ناصر المطيري``, ``الدكتور ناصر المطيري``."""
    titles = "|".join(regex.escape(row[0]) for row in rows("author_titles.txt", 1))
    return regex.compile(
        rf"^(?:(?:[دأام]|أ\s?\.\s?د)\s?\.\s*|(?:{titles})\s+)(?=\p{{Arabic}}{{2,}}\s\p{{Arabic}}{{2,}})"
    )


@lru_cache(maxsize=1024)
def author_of(line: str) -> str | None:
    """The name in a line that has little more than a name: ``ماضي العجمي``, ``ب. نسيمة``, ``سلطان الغامدي (جدة)
    okaz@``,
    ``عبدالله الحازمي - سبق - الرياض``; none in ``وزارة الصحة توضح``, because no name begins with its first word."""
    if len(line) > LONGEST_FIELD:
        return None
    parts = [_title().sub("", _NOT_NAME.sub("", part).strip()) for part in _BESIDE_NAME.split(line)]
    names = [part for part in parts if 2 <= len(part.split()) <= 4 and _NAME.fullmatch(part)]
    if len(names) != 1 or len(parts) > 4 or any(len(part.split()) > 4 for part in parts):
        return None
    words = fold(names[0]).split()
    return None if _in_no_name(words) else names[0]


def is_surely_name(name: str) -> bool:
    """Does a possible name look like one: a given name or an initial at the start, ``عبدالله`` anywhere, or a family
    name at the end? ``تفاصيل جديدة`` and ``القمة المقبلة`` do not."""
    first, *rest = name.split()
    known = word_list("given_names.txt")
    given = any(fold(word) in known for word in (first, *rest[:-1])) or any(w.startswith("عبد") for w in (first, *rest))
    return given or first.endswith(".") or (ends_as_family(name) and not first.endswith("ة"))


def opens_as_name(name: str) -> bool:
    """Is the first word a given name that is known?"""
    first = name.split()[0]
    return fold(first) in word_list("given_names.txt") or first.startswith("عبد")


def ends_as_family(name: str) -> bool:
    """Is the last word formed as most family names are: ``هيلانة الهندي``?"""
    words = name.split()
    return words[-1].startswith("ال") and words[-1].endswith("ي") and not words[0].startswith("ال")


def _in_no_name(words: list[str]) -> bool:
    """Is there no word (``ء ء``), a word that never begins a name, or one that is never part of one?"""
    others = word_list("not_in_a_name.txt")
    return not words or words[0] in word_list("not_first_in_a_name.txt") or any(word in others for word in words)
