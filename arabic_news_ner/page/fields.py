"""What single lines of a page say: the value behind a label, keywords, datelines, names of sites."""

from __future__ import annotations

from functools import lru_cache

import regex

from arabic_news_ner.page.dates import find_dates
from arabic_news_ner.text.fold import fold

_LABEL = regex.compile(r"^[^:：|]{2,25}?\s*[:：|]\s*(?P<value>.*)$")
_DASH_LABEL = regex.compile(r"^(?:ال)?مصدر\s+[-–—]\s+")
_KEYWORD_LABEL = regex.compile(
    r"^(?:(?:ال)?كلمات\s+(?:ال)?(?:دلالي[ةه]|دليلي[ةه]|دال[ةه]|مفتاحي[ةه]|مفاتيح|البحث)|(?:ال)?وسوم|وسم|دلالات|سمات|تاجات|(?:ال)?تاغات"
    r"|[Tt]ags|هاشتاج|مواضيع\s+الخبر|(?:مواضيع|موضوعات)$)"
    r"\s*[:：]?\s*"
)
_BYLINE_LABEL = regex.compile(
    r"^(?:كتب(?:ت|ها)?|بقلم|تقرير|[إا]عداد|حوار|تحرير|ترجم[ةه]|المحرر|الكاتب|متابع[ةه]|متابعات|تحقيق|[Aa]uthor|[Bb]y)\b\s*[:：/\-–|,]?\s*"
)
_BYLINE_BEHIND = regex.compile(r"\|\s*(?:كتب(?:ت)?|بقلم)\s*[:：]\s*(?P<name>[^|:：]{4,40}?)\s*(?:\||$)")
_CAPTION_LABEL = regex.compile(
    r"^(?:التعليق\s+على\s+الصورة|(?:في\s+)?الصورة|صورة|صور|(?:ال)?صورة\s+[أا]رشيفية|[أا]رشيفية|[Ii]mage|[Cc]aption)\s*[:：،,|]\s*"
)
_PHOTOGRAPHER = regex.compile(r"\s*[-–،,/|]?\s*(?:و)?(?:تصوير|عدسة|ت:)\s*[:：]?\s+.*$")
_SEPARATORS = regex.compile(r"\s*(?:[،,;؛|#•·/\t]|\s[-–]\s|\s{2,})\s*")
#: Names of sites behind a headline: ``... خلال أسبوعين | النيلين``.
_SITE = regex.compile(
    r"(?<!\s)\s++(?:[|»]\s+(?P<site>[^|»]{2,40})|[-–]\s+(?P<site2>(?:موقع|صحيفة|جريدة|وكالة|قناة|شبكة|بوابة)\s[^-–]{2,35}))$"
)
_AGENCY = (
    r"(?:رويترز|[أا]\s?[.]?\s?ف\s?[.]?\s?ب|[أا]\s?ش\s?[أا]|د\s?ب\s?[أا]|[أا]\s?ب|فرانس\s?برس|[أا]سوشيتد\s?برس|الأناضول|سانا|سونا|سبأ|سبا"
    r"|واس|وام|بنا|كونا|قنا|وفا|بترا|واع|واج|وات|ومع|وال|شينخوا|سبوتنيك|تاس|وكالات|الوكالات|خاص|معا|شفق\s+نی?ي?وز|[A-Z]{2,8})"
)
_PLACE = r"[\p{L}][\p{L}\p{M}’'.]*(?:[\s،,]+[\p{L}][\p{L}\p{M}’'.]*){0,3}"
#: ``الخليل 28-4-2025 وفا``, ``الدوحة في 28 أبريل 2025 /قنا/``, ``أثينا 4 مايو أيار (رويترز)``.
_DAY = (
    r"\d{1,2}(?:\s*[-/]\s*\d{1,2}(?:\s*[-/]\s*\d{4})?|\s+\p{L}+(?:[\s/]+\p{L}+){0,2}(?:\s+\d{4})?)"
    r"(?:\s+هـ?\s+الموافق\s+\d{1,2}\s+\p{L}+(?:\s+\d{4})?(?:\s+م)?)?"
)
_DATED = rf"{_PLACE}[،,]?\s+(?:في\s+)?[-–]?\s*{_DAY}\s*[/(]?\s*{_AGENCY}\s*[/)]?"
_SHORT_PLACE = r"[\p{L}][\p{L}\p{M}]*(?:\s[\p{L}][\p{L}\p{M}]*){0,2}"
_DATELINE_ALONE = regex.compile(
    rf"^(?P<dateline>{_DATED}|{_SHORT_PLACE}\s*[-–—ـ/،:]\s*[(]?{_AGENCY}[)]?|شفق\s+ني?وز)\s*[-–—:ـ/]*$"
)
_DATELINE = regex.compile(
    rf"^\s*(?P<dated>{_DATED})\s*[-–—:ـ/]*(?:\s|$)"
    rf"|^\s*(?P<day>{_SHORT_PLACE}[،,]?\s+{_DAY}\s*[(\[][^()\[\]]{{2,30}}[)\]])\s*[-–—:ـ]+(?:\s|$)"
    rf"|^\s*(?P<agency2>شفق\s+ني?وز\s*/)\s"
    rf"|^\s*(?P<agency3>{_PLACE}\s*[-–—]+\s*[(]\s*{_AGENCY}\s*[)])\s*[-–—:ـ]*(?:\s|$)"
    rf"|^\s*(?P<dateline>{_PLACE}\s*[(\[（]\s*[^()\[\]]{{2,30}}[)\]）])\s*[-–—:ـ]+(?:\s|$)"
    rf"|^\s*(?P<agency>{_PLACE}\s*[-–—ـ/،]+\s*(?:«[^»]{{2,30}}»|\"[^\"]{{2,30}}\"|{_AGENCY}(?:\s*[/،و]\s*{_AGENCY})?))\s*[-–—:ـ/]+\s"
    rf"|^\s*(?P<outlet>{_PLACE}\s*:\s*[«\"][^»\"]{{2,30}}[»\"])\s*[-–—:ـ]*(?:\s|$)"
    rf"|^\s*(?P<colon>{_SHORT_PLACE}\s*:\s*{_SHORT_PLACE})\s+[-–—]\s"
    rf"|^\s*(?P<desk>وطنية\s*[-–]\s*{_PLACE})\s*[-–]\s"
    rf"|^\s*(?P<place>{_PLACE})\s*[-–—]{{1,2}}\s(?=\S)"
)
#: Longer lines hold no author, outlet or dateline alone.
LONGEST_FIELD = 120
_NO_PLACE = regex.compile(
    r"^(?:و?(?:قال|أكد|اكد|أعلن|اعلن|ذكر|أضاف|اضاف|أوضح|كتب|نقل|نشر|في|من|إلى|على|عن|كما|هذا|هذه|وقد|لا|لم|ما|إن|أن|كل|بعد|قبل|منذ))\b"
)
_STOP = regex.compile(r"[.!؟?…][\"'»”)\]]*$")
#: A stop that ends a sentence: none in ``..``, behind a capital or a single letter (``د. حسام``).
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
_PREFIX = regex.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل|[وفبكل](?=\p{L}{4}))")
#: The words of 98 % of the headlines of 8,000 news articles; words that no headline has.
_USUAL_WORDS, _MOST_WORDS = 18, 24
#: Characters of a sentence that are compared with a headline.
_TOLD_WITHIN = 600


def value_of(line: str) -> str:
    """What stands behind the colon of a label: ``المصدر: سونا`` -> ``سونا``; empty where nothing does."""
    match = _LABEL.match(line)
    return match["value"].strip(" .،,|") if match else ""


def source_of(line: str) -> str:
    """What stands behind the label of a source: ``المصدر: سونا``, ``المصدر - الوطن``."""
    dash = _DASH_LABEL.match(line)
    return line[dash.end() :].strip(" .") if dash else value_of(line)


def keywords_of(line: str) -> tuple[str, ...]:
    """The keywords of a line, with or without its label: ``كلمات دلالية: ليبيا ، المجلس الرئاسي`` has two."""
    rest = _KEYWORD_LABEL.sub("", line, count=1)
    words = (part.strip(" .:\"'«»#").replace("_", " ") for part in _SEPARATORS.split(rest))
    return tuple(dict.fromkeys(word for word in words if word))


def byline_of(line: str) -> str | None:
    """The author's name of a byline: ``كتب: محمود العيسوي``, ``الرياض – سعد المطيري``, ``| بقلم سعد المطيري | 3 مايو 2025 |``."""
    rest = _PHOTOGRAPHER.sub("", without_byline_label(line).split("|")[0])
    parts = [part for part in regex.split(r"\s+[–—\-ـ]\s+|\s*:\s*", rest) if part not in ("خاص", "وكالات", "متابعات")]
    parts = [part for part in parts if not any(map(str.isdigit, part))]
    return (parts[-1].strip(" :-–") or None) if parts else None


def without_byline_label(line: str) -> str:
    """A byline without ``كتب`` or ``بقلم:`` and the bars around it."""
    return _BYLINE_LABEL.sub("", line.strip(" |"), count=1).strip(" |")


def byline_behind(line: str) -> str | None:
    """The author behind a date: ``الأربعاء 03-12-2025 15:22 | كتب: إبراهيم الطيب |``."""
    match = _BYLINE_BEHIND.search(line[:LONGEST_FIELD])
    return match["name"] if match else None


def caption_of(line: str) -> str:
    """A caption without the word that announces it: ``التعليق على الصورة، قارب صيد``."""
    return _CAPTION_LABEL.sub("", line, count=1).strip()


def dateline_of(line: str) -> str | None:
    """The place and agency that open a story: ``طرابلس (رويترز) - قال`` -> ``طرابلس (رويترز)``; none in ``وقال - وهو``."""
    match = _DATELINE.match(line[:LONGEST_FIELD])
    if match is None or _NO_PLACE.match(line.strip()):
        return None
    found = next(value for value in match.groupdict().values() if value is not None)
    if match["place"] is not None and len(found.split()) > 2:
        return None
    return " ".join(found.split())


def lone_dateline_of(line: str) -> str | None:
    """A dateline with a line of its own: ``دمشق-سانا``, ``المنامة في 21 أغسطس/ بنا /``."""
    match = _DATELINE_ALONE.match(line) if len(line) <= LONGEST_FIELD else None
    return " ".join(match["dateline"].split()) if match else None


def site_cut(line: str) -> tuple[int, str | None]:
    """The length of a headline without the site's name behind it, and that name."""
    match = _SITE.search(line)
    if match is None or match.start() < 15 or ("«" in line[: match.start()] and "»" in line[match.start() :]):
        return len(line), None
    return match.start(), (match["site"] or match["site2"]).strip()


def headline_key(line: str) -> str:
    """Under what a headline that a page repeats is known again."""
    cut, _ = site_cut(line)
    return " ".join(regex.findall(r"\w+", fold(line[:cut])))


def is_sentence(line: str) -> bool:
    """Does a line read as running text: a full stop at its end or inside, a long question, a line that goes on from the one
    before (``وأضاف``), or more words than a headline has? ``هل يعود الدوري؟`` may be a headline."""
    words = len(line.split())
    if words > _USUAL_WORDS or _FULL_STOP.search(line):
        return True
    return bool((words > 14 and _STOP.search(line)) or (words > 7 and _GOES_ON.match(fold(line))))


def is_headline_like(line: str) -> bool:
    """Three to 24 words, no full stop at the end or inside (``..`` and a question mark may stand), no colon or comma at
    the end."""
    if not 3 <= len(line.split()) <= _MOST_WORDS or line.endswith((":", "،", ",", "؛")):
        return False
    return _FULL_STOP.search(line) is None


def is_item(line: str) -> bool:
    """Does a line open as an item of a list, an answer or an entry of a live blog does: ``- وصل الوفد``, ``12:30 وصل``?"""
    return line[0] in "-–—•*▪◾·" or (line[0].isdigit() and ":" in line[:6])


def is_digest(headline: str) -> bool:
    """Is it the headline of a page of many stories, a live blog or a review: ``جولة الصحافة``, ``لحظة بلحظة``?"""
    return _DIGEST.search(fold(headline)) is not None


def is_bulletin(headline: str) -> bool:
    """Is it the title of a row of stories that are one article each: ``نشرة الأخبار``, ``موجز المساء``?"""
    return regex.search(r"موجز|نشره (?:الاخبار|اخبار)|حصاد", fold(headline)) is not None


def behind_label(line: str) -> str:
    """The link behind ``اقرأ أيضاً`` without a colon."""
    words = line.split()
    return " ".join(words[2:]) if len(words) > 4 else ""


def share_told(headline: str, sentence: str, least: int = 3) -> float:
    """The share of a headline's longer words that a sentence has, compared by their first four letters without prefixes; 0 for
    fewer than ``least`` such words."""
    wanted = _stems(headline)
    return len(wanted & _stems(sentence)) / len(wanted) if len(wanted) >= least else 0.0


@lru_cache(maxsize=1024)
def _stems(line: str) -> frozenset[str]:
    words = (_PREFIX.sub("", word) for word in regex.findall(r"\p{L}{3,}", fold(line[:_TOLD_WITHIN])))
    return frozenset(word[:4] for word in words if len(word) > 2)


def is_mostly_date(line: str) -> bool:
    """``الرياض 12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024 م واس``: a date, and at most five further words."""
    found = find_dates(line)
    if not found or _STOP.search(line):
        return False
    rest = line
    for date in reversed(found):
        rest = rest[: date.start] + " " + rest[date.end :]
    return len(regex.findall(r"\p{L}{2,}", rest)) <= 5
