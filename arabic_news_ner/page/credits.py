"""Who a line of a page names: an author, the outlet, the place of the report."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from arabic_news_ner.page.dates import find_dates
from arabic_news_ner.page.fields import LONGEST_FIELD, byline_of, lone_dateline_of, without_byline_label
from arabic_news_ner.page.names import author_of, ends_as_family, is_surely_name, opens_as_name
from arabic_news_ner.text.fold import fold

#: Names under which outlets and agencies sign, a line of its own or a part of a byline.
_OUTLETS = frozenset(
    " ".join(fold(name).split())
    for name in (
        "الجزيرة|الجزيرة نت|العربية|العربية نت|العربية.نت|سكاي نيوز عربية|بي بي سي|بي بي سي عربي|بي بي سي نيوز عربي|فرانس24"
        "|فرانس 24|فرانس برس|رويترز|دويتشه فيله|يورونيوز|سي إن إن|سي إن إن بالعربية|روسيا اليوم|سبوتنيك|نوفوستي|الأناضول"
        "|شينخوا|أسوشيتد برس|د ب أ|أ ف ب|أ.ف.ب|أ ش أ|الشرق الأوسط|القدس العربي|العربي الجديد|إندبندنت عربية|عربي21|الميادين"
        "|المنار|الحرة|رأي اليوم|اليوم السابع|المصري اليوم|الأهرام|الوطن|الشروق|الدستور|مصراوي|صدى البلد|في الجول|كووورة"
        "|يلا كورة|القاهرة 24|بوابة الأهرام|سبق|عكاظ|الجزيرة السعودية|أرقام|الاقتصادية|واس|البيان|الإمارات اليوم"
        "|العين الإخبارية|وام|الراية|العرب القطرية|قنا|الأنباء|القبس|الجريدة|كونا|العمانية|الشبيبة|بنا|أخبار الخليج|الوسط"
        "|عمون|بترا|خبرني|سرايا|النهار|الديار|اللواء|النشرة|وطنية|الوكالة الوطنية للإعلام|عنب بلدي|سانا|تلفزيون سوريا"
        "|شفق نيوز|السومرية نيوز|السومرية|واع|رووداو|رووداو ديجيتال|بغداد اليوم|المدى|وفا|وكالة معا|قدس برس|شهاب|هسبريس"
        "|العمق المغربي|هسبريس الرياضية|لو 360|اليوم 24|كشبريس|الشروق أونلاين|الخبر|النهار أونلاين|واج|موزاييك|موزاييك أف أم"
        "|الجوهرة أف أم|وات|صحراء ميديا|الأخبار إنفو|وال|الساعة 24|بوابة الوسط|عين ليبيا|ليبيا الأحرار|سونا|سودان تربيون"
        "|النيلين|السوداني|راديو دبنقا|دبنقا|سبأ|المصدر أونلاين|عدن الغد|يمن مونيتور|المشهد اليمني"
    ).split("|")
)  # fmt: skip
_KIND_OF_OUTLET = regex.compile(
    r"^(?:صحيفه|جريده|وكاله|قناه|موقع|شبكه|اذاعه|بوابه|مجله) [\p{L}.]{3,}(?: [\p{L}\d.]+)?$"
)
_MOST_WORDS = 6
_PLACE = regex.compile(r"\p{Arabic}[\p{Arabic}\p{M}]+(?: \p{Arabic}[\p{Arabic}\p{M}]+)?")
#: ``المكلا: ناصر الحضرمي``, ``الدمام - صحيفة الساحل: ناصر الحضرمي``.
_PLACED = regex.compile(
    r"(?P<place>\p{Arabic}+(?: \p{Arabic}+)?(?P<outlet>\s*[-–—ـ]\s*[«\"]?\p{Arabic}+(?: [\p{Arabic}\d]+){0,2}[»\"]?)?)"
    r"\s*:\s*(?P<name>\p{Arabic}+(?: \p{Arabic}+){1,3})"
)
#: ``من ناصر الحضرمي``, ``ناصر الحضرمي، مراسل الصحيفة في المكلا``.
_REPORTER = regex.compile(
    r"من (?P<from>\p{Arabic}+(?: \p{Arabic}+){1,2})"
    r"|(?P<name>\p{Arabic}+(?: \p{Arabic}+){1,2})\s*[،,\-–]?\s+"
    r"(?:كاتب[ةه]?|صحا?في[ةه]?|[إا]علامي[ةه]?|محرر[ةه]?|مراسل[ةه]?(?: \p{Arabic}+){0,4})"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line under a headline says of author, outlet and place."""

    byline: str | None = None
    source: str | None = None
    dateline: str | None = None


def is_outlet(line: str, by_kind: bool = True) -> bool:
    """Is it the name of an outlet: one that is known, or ``صحيفة السوداني`` by its kind?"""
    if len(line.split()) > _MOST_WORDS:
        return False
    folded = " ".join(fold(line.strip(' «»"“”()[]')).split())
    return folded in _OUTLETS or (by_kind and _KIND_OF_OUTLET.match(folded) is not None)


def credit_of(line: str) -> Credit:
    """Author, outlet and place of a byline: ``هسبريس - يونس الطاهري``, ``عبدالله الحازمي - سبق - الرياض``,
    ``بغداد – واع – حسين الموسوي``, whose place with the agency behind it is the dateline."""
    line = without_byline_label(line)
    alone, reporter, placed = lone_dateline_of(line), reporter_of(line), _PLACED.fullmatch(line)
    if alone is not None:
        return Credit(dateline=alone)
    if reporter is not None:
        return Credit(reporter)
    if is_outlet(line):
        return Credit(source=line)
    if placed is not None and placed["outlet"] and author_of(placed["name"]) is not None:
        return Credit(placed["name"], dateline=placed["place"])
    parts = [(m.start(), m.end()) for m in regex.finditer(r"[^–—\-ـ|/:،]+", line)]
    texts = [line[a:b].strip() for a, b in parts]
    at = next((n for n, text in enumerate(texts) if is_outlet(text, by_kind=False)), None)
    if at is None or len(texts) < 2:
        return Credit(author_of(line) or byline_of(line), dateline=_place_beside(line))
    rest = [text for n, text in enumerate(texts) if n != at and text]
    if at == 1 and len(texts[0].split()) <= 2 and not _is_name_beside(texts):
        return Credit(texts[2] if len(texts) > 2 else None, dateline=line[parts[0][0] : parts[1][1]].strip())
    names = [text for text in rest if author_of(text) is not None]
    places = [text for text in rest[-1:] if text not in names[:1] and _PLACE.fullmatch(text)]
    return Credit(names[0] if names else None, texts[at], places[0] if names and places else None)


def reporter_of(line: str) -> str | None:
    """The name behind ``من``, or before the word for those who write: ``ناصر الحضرمي مراسل``."""
    match = _REPORTER.fullmatch(line) if len(line) <= LONGEST_FIELD else None
    return author_of(match["from"] or match["name"]) if match else None


def names_author(line: str) -> bool:
    """Does a line without a label name an author, by the look of the name or by the outlet beside it?"""
    if len(line) > LONGEST_FIELD:
        return False
    placed = _PLACED.fullmatch(line)
    if placed is not None and author_of(placed["name"]) is not None:
        return is_surely_name(placed["name"])
    reporter = reporter_of(line)
    if reporter is not None:
        return opens_as_name(reporter)
    name = author_of(line)
    return name is not None and (is_surely_name(name) or credit_of(line).source is not None)


def is_signature(line: str) -> bool:
    """Is a line behind a story its author's name and nothing else?"""
    return author_of(line) == line and (is_surely_name(line) or ends_as_family(line))


def source_beside_date(line: str) -> str | None:
    """The outlet beside a date: ``2025/10/26 رويترز``."""
    found = find_dates(line)
    if len(found) != 1:
        return None
    rest = f"{line[: found[0].start]} {line[found[0].end :]}".strip(" -–|/،,:")
    return rest if is_outlet(rest) else None


def _is_name_beside(texts: list[str]) -> bool:
    """Does a name stand before the outlet, not a place: a third part is then the place (``الحازمي - سبق - الرياض``)?"""
    return author_of(texts[0]) is not None and (len(texts) == 2 or author_of(texts[2]) is None)


def _place_beside(line: str) -> str | None:
    """The place beside the one name of a byline: ``ريم القلعي - القيروان``, ``الفيوم - رباب الجالي``."""
    parts = [part.strip() for part in regex.split(r"\s+[–—\-]\s+", line)]
    if len(parts) != 2:
        return None
    name = author_of(line)
    places = [part for part in parts if part != name and _PLACE.fullmatch(part)]
    return places[0] if name in parts and len(places) == 1 and len(places[0].split()) == 1 else None
