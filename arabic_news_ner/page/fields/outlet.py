"""The publisher that a page names, and the news agency that it quotes.

``المصدر: النيلين`` under ``الخرطوم (رويترز) -`` gives the source النيلين and the agency رويترز.
``الرياض - واس`` alone gives the source واس.
Names are the best-known ones of ``data/page/outlets.tsv``; a name that is not there stays as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

import regex

from arabic_news_ner.page.fields.source import is_outlet
from arabic_news_ner.page.settings import LONGEST_FIELD
from arabic_news_ner.page.tables import Outlet, is_nobody, known_outlet, outlet_noun_pattern

_PARTS = regex.compile(r"\s{0,3}[/،,؛+&|()\[\]«»\"“”]\s{0,3}|\s{1,3}[-–—ـ:]\s{1,3}|\s{1,3}و(?=ال|وكالات)|[-–—:]")
#: ``... في ختام الجلسة. (رويترز)``, ``(أ ف ب، رويترز)``: the wire at the end of a story.
_AT_END = regex.compile(r"[(\[/]\s?(?P<names>[^()\[\]]{2,40}?)\s?[)\]/]\s?\.?$")
#: A name between signs: ``لندن ـ «الجسر»``, ``الأبيض: سودان هورايزن``.
_SET_APART = regex.compile(r"[«\"](?P<name>[^»\"\d]{2,30})[»\"]$|:\s{1,3}(?P<name2>[^:\d]{2,30})$")
#: What is no name in a line that states rights.
_SIGNED = regex.compile(
    r"(?:©|copyright|\(c\)|جميع|كل|كافة)|(?:ال)?حقوق(?:\s+(?:ال)?(?:نشر|ملكية|طبع))*|محفوظ[ةه](?:\s+لدى)?|\d{4}(?:\s*[-–]\s*\d{4})?"
    r"|all rights reserved",
    regex.IGNORECASE,
)
_SIGNS = " .,،:|/–—-©®\t\u00a0\u200f\u200e"
_NAME = regex.compile(r"[\p{Arabic} «»\"]{3,40}")
#: The most characters of what stands before a name as that of an outlet.
LONGEST_HEAD = 12
_EDGES = ' «»"“”[]|-–—/:،,.\t\u00a0\u200f\u200eـ'


@lru_cache(maxsize=1)
def _for() -> regex.Pattern[str]:
    """``ل`` before the head noun of an outlet: ``لصحيفة المرفأ``, ``للصحيفة``."""
    return regex.compile(rf"^لل?(?=(?:{outlet_noun_pattern()})(?: |$))")


@lru_cache(maxsize=1)
def _addressed() -> regex.Pattern[str]:
    """What stands before a name as that of an outlet: ``لجريدة «``, ``لـ``."""
    return regex.compile(rf"(?:(?:{outlet_noun_pattern()})\s+|لـ\s?)[«\"]?$")


def settle(stated: Iterable[str | None], *, wires: Iterable[str] = ()) -> tuple[str | None, str | None]:
    """The source and the agency of an article.

    :param stated: names of outlets in the page, the surest first: a label, a line, the site's name, a dateline.
    :param wires: names of agencies that the page only quotes, such as a dateline inside the story or ``(رويترز)`` after it.
    """
    outlets: list[str] = []
    agencies: list[str] = []
    for name in filter(None, stated):
        for found in outlets_of(name):
            _take(found, outlets, agencies)
    for name in wires:
        for found in known_in(name):
            _take(found, outlets, agencies)
    agencies = list(dict.fromkeys(agencies))
    if outlets:
        return outlets[0], agencies[0] if agencies else None
    return (agencies[0], agencies[1] if len(agencies) > 1 else None) if agencies else (None, None)


def _take(found: Outlet | str, outlets: list[str], agencies: list[str]) -> None:
    if isinstance(found, str):
        (agencies if found.startswith("وكالة") else outlets).append(found)
    elif found.kind != "nobody":
        (agencies if found.kind == "agency" else outlets).append(found.name)


def outlets_of(name: str) -> list[Outlet | str]:
    """The outlets of a stated name: known outlets, or the name as written if the table has none of its parts."""
    known: list[Outlet | str] = list(known_in(name))
    if any(found.kind != "nobody" for found in known if isinstance(found, Outlet)):
        return known
    named = [part for part in _PARTS.split(name) if part and part.strip(_EDGES) and not is_nobody(part)]
    if known and len(named) != 1:
        return known
    written = (named[0] if known else name).strip(_EDGES)  # ``صوت حضرموت | خاص``
    return [written] if written else []


def known_in(name: str) -> Iterator[Outlet]:
    """The outlets and agencies of a name or of its parts: ``فرانس24/ أ ف ب`` has two, ``الخرطوم - (د ب أ)`` one."""
    whole = known_outlet(name)
    if whole is not None:
        yield whole
        return
    if len(name) <= LONGEST_FIELD:
        yield from filter(None, map(known_outlet, _PARTS.split(name)))


def in_dateline(dateline: str) -> list[str]:
    """The outlets and agencies of a dateline: known ones by their best-known name (``أخبار الآن | بغداد – (رويترز)``,
    ``بريدة 28 أبريل 2025 م واس``), another as it is written where signs set it apart (``الأبيض: سودان هورايزن``)."""
    known = [outlet.name for outlet in known_in(dateline) if outlet.kind != "nobody"]
    if known:
        return known
    words = dateline.split()
    last = next(filter(None, (known_outlet(" ".join(words[-n:])) for n in (3, 2, 1))), None) if len(words) > 1 else None
    if last is not None and last.kind != "nobody":
        return [last.name]
    formed = [part for part in _PARTS.split(dateline) if part and is_outlet(part) and known_outlet(part) is None]
    if formed:
        return formed
    apart = _SET_APART.search(dateline)
    return [apart["name"] or apart["name2"]] if apart and known_outlet(apart["name"] or apart["name2"]) is None else []


def is_outlet_line(line: str) -> bool:
    """Is a short line a place, an outlet and perhaps an author, separated by signs: ``يمن مونيتور/ تعز/ خاص``?"""
    if len(line) > LONGEST_FIELD or any(map(str.isdigit, line)):
        return False
    parts = [part for part in _PARTS.split(line) if part and part.strip()]
    if not 2 <= len(parts) <= 4 or any(len(part.split()) > 3 for part in parts):
        return False
    if parts[-1] == "وطنية":  # the Lebanese agency signs before its place; ``أخبار - وطنية`` is a section
        return False
    return any(outlet.kind != "nobody" for outlet in filter(None, map(known_outlet, parts)))


def wire_after(line: str) -> str | None:
    """The agencies in brackets at the end of a story's last line."""
    match = _AT_END.search(line[-60:])
    if match is None:
        return None
    names = [known_outlet(part) for part in _PARTS.split(match["names"]) if part.strip()]
    return match["names"] if names and all(name is not None for name in names) else None


def signature_of(lines: Iterable[str]) -> str | None:
    """The publisher that signs a page: ``جميع الحقوق محفوظة لصحيفة المرفأ © 2025``, ``© المرفأ``. ``None`` if two do."""
    names = {name for line in lines if (name := _SIGNED.sub(" ", line).strip(_SIGNS)) and _NAME.fullmatch(name)}
    named = {" ".join(_for().sub("", name).split()) for name in names}
    named = {name for name in named if known_outlet(name) is not None or is_outlet(name) or len(name.split()) < 4}
    return named.pop() if len(named) == 1 else None


def self_named(dateline: str, site: str | None, page: str) -> str | None:
    """The outlet in a dateline without signs for one, where the page tells: it signs with the name (``السراج (نواكشوط)``), or
    says that somebody spoke to it (``المنارة - سالم الفاسي`` where the story has ``قال لجريدة المنارة``)."""
    if site and site in dateline:
        return site
    words = dateline.split()
    if not words or len(words) > 3 or not all(map(str.isalpha, words)) or known_outlet(dateline) is not None:
        return None
    addressed = _addressed()
    at = page.find(dateline)
    while at >= 0:
        if addressed.search(page, max(0, at - LONGEST_HEAD), at) and not page[at + len(dateline) :][:1].isalpha():
            return dateline
        at = page.find(dateline, at + 1)
    return None


def canonical(name: str | None) -> str | None:
    """The best-known name of an outlet; a name that is not in the table as it is written."""
    found = chain.from_iterable(outlets_of(part) for part in [name or ""])
    first = next(found, None)
    return first.name if isinstance(first, Outlet) else first
