"""Does a line look like a headline or like a sentence, and how many words of a headline are in a sentence?"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from arabic_news_ner.page.settings import (
    GOES_ON_WORDS,
    LONG_QUESTION,
    MOST_HEADLINE_WORDS,
    OVERLAP_WITHIN,
    USUAL_HEADLINE_WORDS,
)
from arabic_news_ner.page.tables import folded, known_outlet
from arabic_news_ner.text.fold import fold

#: Names of sites after a headline: ``... خلال أسبوعين | النيلين``.
_SITE = regex.compile(
    r"(?<!\s)\s++(?:[|»]\s+(?P<site>[^|»]{2,40})|[-–]\s+(?P<site2>(?:موقع|صحيفة|جريدة|وكالة|قناة|شبكة|بوابة)\s[^-–]{2,35}))$"
)
#: Signs that end a sentence, and what may stand after them.
_STOPS, _CLOSING = frozenset(".!؟?…"), "\"'»”)]"
#: ``... - اليوم السابع``, ``الخبر : ...``, for outlets of the table.
_TAIL = regex.compile(r"\s{1,3}[-–—|»:/]{1,2}\s{1,3}(?P<site>[^-–—|»:/]{2,40})$")
#: Characters at the end of a line in which the site's name stands, with blanks before it.
_LONGEST_TAIL = 120
_SEPARATES, _OF_SITE = re.compile("[-–—|»:/]"), re.compile("[-–|»]")
_HEAD = regex.compile(r"(?P<site>[^-–—|»:/]{2,40}?)\s{1,3}[-–—|»:/]{1,2}\s{1,3}")
#: A full stop that ends a sentence: not in ``..``, after a capital or a single letter (``د. حسام``).
_FULL_STOP = regex.compile(r"(?<![.\p{Lu}])(?<!(?:^|[\s(«\"])\p{L})\.(?!\.)(?:\s|[\"'»”)\]]*$)")
_GOES_ON = regex.compile(
    r"^و(?:قال|اضاف|اوضح|اكد|اشار|ذكر|تابع|كان|لفت|نقل|تمكن|اعلن|افاد|جا|بلغ|شهد|شدد|طالب|دع|راي|بين|استطرد|استدرك)(?:ا|ت|وا|ه)?\b"
    r"|^(?:و(?:بحسب|في|عن|من|خلال|لم|لا|لن|قد|هو|هي|هذا|هذه|ذلك|كما|علي|الي|بعد|قبل|حتي|عندما|بينما|حول|تم|يذكر|يشار|تجدر|ياتي|تاتي)"
    r"|كما|يذكر ان|يشار الي|تجدر الاشاره|من جهته|من جهتها|من جانبه|من جانبها)\b"
)
_DIGEST = regex.compile(
    r"لحظه بلحظه|تغطيه (?:مباشره|حيه|مستمره|متواصله)|بث مباشر|^مباشر\b|اول باول|جوله (?:في )?الصحاف|اقوال الصحف"
    r"|(?:ابرز|اهم) (?:عناوين|ما جا|الاخبار|الصحف)|عناوين الصحف"
    r"|الصحف (?:العربيه|العالميه|العبريه|البريطانيه|الاميركيه|الامريكيه)|موجز|نشره (?:الاخبار|اخبار)|حصاد"
)
_BULLETIN = regex.compile(r"موجز|نشره (?:الاخبار|اخبار)|حصاد")
_WORD, _LONG_WORD = regex.compile(r"\w+"), regex.compile(r"\p{L}{3,}")
_PREFIX = regex.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل|[وفبكل](?=\p{L}{4}))")


def site_cut(line: str) -> tuple[int, int, str | None]:
    """The bounds of a headline in its line, without the site's name before or after it, and this name:
    ``وصل الوفد إلى جوبا | النيلين``, ``وصل الوفد إلى جوبا - اليوم السابع``, ``الخبر : وصل الوفد إلى جوبا``."""
    if _SEPARATES.search(line) is None:
        return 0, len(line), None
    match = _SITE.search(line, max(0, len(line) - _LONGEST_TAIL)) if _OF_SITE.search(line) is not None else None
    if (
        match is not None
        and match.start() >= 15
        and not ("«" in line[: match.start()] and "»" in line[match.start() :])
    ):
        return 0, match.start(), (match["site"] or match["site2"]).strip()
    after = _TAIL.search(line, max(0, len(line) - _LONGEST_TAIL))
    if after is not None and after.start() >= 15 and is_publisher(after["site"]):
        return 0, after.start(), after["site"].strip()
    before = _HEAD.match(line)
    if before is not None and len(line) - before.end() >= 15 and is_publisher(before["site"]):
        return before.end(), len(line), before["site"].strip()
    return 0, len(line), None


def is_publisher(name: str) -> bool:
    """Is it the name of a known outlet, but not of an agency? A headline can quote an agency."""
    outlet = known_outlet(name)
    return outlet is not None and outlet.kind == "outlet"


def headline_key(line: str) -> str:
    """The key for finding repetitions of a headline."""
    start, end, _ = site_cut(line)
    return " ".join(_WORD.findall(folded(line[start:end])))


def is_sentence(line: str) -> bool:
    """Does a line look like running text: a full stop at its end or inside, a long question, a line that continues the
    one before (``وأضاف``), or more words than a headline? ``هل يعود الدوري؟`` may be a headline."""
    words = len(line.split())
    if words > USUAL_HEADLINE_WORDS or ("." in line and _FULL_STOP.search(line)):
        return True
    return bool(
        (words > LONG_QUESTION and ends_with_stop(line)) or (words > GOES_ON_WORDS and _GOES_ON.match(folded(line)))
    )


def ends_with_stop(line: str) -> bool:
    """Does a line end as a sentence does?"""
    return line.rstrip(_CLOSING)[-1:] in _STOPS


@lru_cache(maxsize=512)
def is_headline_like(line: str) -> bool:
    """Three to 24 words, no full stop at the end or inside (``..`` and a question mark may stand), no colon or comma at
    the end."""
    if not 3 <= len(line.split()) <= MOST_HEADLINE_WORDS or line.endswith((":", "،", ",", "؛")):
        return False
    return "." not in line or _FULL_STOP.search(line) is None


def is_item(line: str) -> bool:
    """Does a line begin like an item of a list, an answer or an entry of a live blog: ``- وصل الوفد``, ``12:30
    وصل``?"""
    return line[0] in "-–—•*▪◾·" or (line[0].isdigit() and ":" in line[:6])


def is_digest(headline: str) -> bool:
    """Is it the headline of a page of many stories, a live blog or a review: ``جولة الصحافة``, ``لحظة بلحظة``?"""
    return _DIGEST.search(folded(headline)) is not None


def is_bulletin(headline: str) -> bool:
    """Is it the title of a list of stories, each a separate article: ``نشرة الأخبار``, ``موجز المساء``?"""
    return _BULLETIN.search(folded(headline)) is not None


def headline_overlap(headline: str, sentence: str, least: int = 3) -> float:
    """The share of the longer words of a headline that are in a sentence. Words are compared by their first four
    letters without prefixes; 0 for fewer than ``least`` such words."""
    wanted = _stems(headline[:OVERLAP_WITHIN])
    return len(wanted & _stems(sentence[:OVERLAP_WITHIN])) / len(wanted) if len(wanted) >= least else 0.0


@lru_cache(maxsize=1024)
def _stems(line: str) -> frozenset[str]:
    words = (_PREFIX.sub("", word) for word in _LONG_WORD.findall(fold(line[:OVERLAP_WITHIN])))
    return frozenset(word[:4] for word in words if len(word) > 2)
