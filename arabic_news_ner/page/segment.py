"""The lines of a page with their offsets. Lines that a scraper joined are split.

Scrapers lose line ends: ``أخبار ذات صلةأعلن الجيش`` is two lines, and a page of one line has ``المصدر: سونا كلمات دلالية:
مصر`` after the last full stop of its story. Each seam is a small rule that gives the position of a cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import regex

from arabic_news_ner.page.dates import find_dates
from arabic_news_ner.page.settings import DATE_WITHIN, DOUBLED_WITHIN, MOST_HEADLINE_WORDS, SHORTEST_DOUBLED

_BREAK = regex.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_EDGES = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\ufeff\u202a\u202b\u202c"
_STOPS = r".؟?!»\")”…"
#: A label may be glued to a whole word before it, not to one of the letters that are written together with a word (و ف ب ل ك).
_WORD_BEFORE = r"(?<=^|[^\p{L}\p{M}]|[\p{L}\p{M}]{3})"
_KEYWORDS = r"(?:كلمات|الكلمات)\s+(?:دلالي[ةه]|الدلالي[ةه]|مفتاحي[ةه]|المفتاحي[ةه])"
_LINKS = (
    r"[أإا]قر[أا]\s+(?:[أا]يض[اًا]*|المزيد)|شاهد\s+[أا]يض[اًا]*|(?:[أا]خبار|مواضيع|مقالات|موضوعات|مواد)\s+ذات\s+صل[ةه]"
    r"|قد\s+يهمك(?:\s+[أا]يض[اًا]*)?"
)
_DATES = r"تاريخ\s+النشر|[آا]خر\s+تحديث|نُ?شر\s+في|تم\s+النشر(?:\s+في)?"
#: Ends right before a colon.
_OPENING = regex.compile(rf"{_WORD_BEFORE}(?:{_KEYWORDS}|{_LINKS}|{_DATES}|الوسوم|وسوم|التصنيف)\s*$")
#: Characters before a colon in which its label stands.
_LONGEST_LABEL: Final = 60
_SOURCE = regex.compile(
    rf"(?:(?<=[{_STOPS}])[ \t\u00a0]*|(?<=[\p{{L}}\p{{M}}]{{3}})(?=ال))(?=(?:المصدر|مصدر\s+الخبر)(?:\s+الأصلي)?\s*[:：])"
    rf"|(?<=\s)(?=المصدر\s*:[^:\n]{{2,60}}?\s{_KEYWORDS}\s*:)"
)
_LINK_LABEL = regex.compile(rf"{_WORD_BEFORE}(?:{_LINKS})\s*[:：]\s*(?=\S)")
_HEADING = regex.compile(
    r"(?:^|(?<=[\s.؟!»])|(?<=\p{L}{3}))(?:[أا]خبار|مواضيع|مقالات|موضوعات|مواد|تقارير)\s+(?:ذات\s+صل[ةه]|متعلق[ةه]|مشابه[ةه])(?=\p{L})"
    r"|^(?:ذات\s+صل[ةه]|[أإا]قر[أا]\s+المزيد)(?=\p{L}{3})"
)
_DATE_LABEL = regex.compile(rf"(?:{_DATES})\s*[:：]\s*")
_AFTER_DATE = regex.compile(
    r"[\s,،:\-–@|]*[(]?(?:\d{1,2}:\d{2}(?::\d{2})?)?[)]?\s*(?:(?:ص|م|صباح[اً]+|مساء[اً]*|AM|PM)(?![\p{L}\p{M}]))?\s*"
    r"(?:(?:GMT|UTC|GST|KSA|CET|بتوقيت\s+\p{L}+(?:\s+المكرمة)?)(?![\p{L}\p{M}]))?[\s,،\-–|]*"
)
#: ``المصدر: الوطناقرأ أيضاًضبط``: a source with a label of links glued to it.
_SOURCE_WITH_LINKS = regex.compile(rf"(?:المصدر|مصدر\s+الخبر)\s*[:：][^:：\n]{{2,60}}?(?P<label>{_LINKS})(?=\S)")
_END_MARK = regex.compile(
    rf"(?<=[{_STOPS}])[ \t]*(?=/*[ \t]*انتهى[ \t]*/|\((?:النهاي[ةه]|انتهى)\)"
    r"|\((?:\p{L}{1,2}[ ./]){1,2}\p{L}{1,2}\)[ \t]*$|رابط الخبر بصحيفة |[أإا]قر[أا] المزيد[ \t]*$)"
)
_CREDIT_WITH_DATE = regex.compile(
    r"^\p{Arabic}[^|\d:]{2,40}:\s[^|\d:]{5,40}?(?P<bar>\s*\|\s*)"
    r"(?=(?:(?:يوم )?(?:السبت|ال[أا]حد|الإ?ا?ثنين|الثلاثاء|ال[أا]ربعاء|الخميس|الجمعة)\W+)?\d)"
)
_MAIL = regex.compile(r"[أا]رسل بريد[اًا]{1,2} [إا]لكتروني[اًا]{1,2}")
_SLUG = regex.compile(
    r"^(?:عام|سياسي|اقتصادي|رياضي|ثقافي|اجتماعي|محلي|دولي|علمي|صحي|أمني|تقني|ديني|تعليمي) ?/ ?(?=\S+ [^\s/]+ \S)"
    r"|^Next Previous (?=\S)"
)


_COLON = re.compile("[:：]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it."""

    start: int
    end: int
    text: str
    #: The number of its words.
    words: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", len(self.text.split()))


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a page that are not blank, in order."""
    out: list[Line] = []
    at = 0
    for match in _BREAK.finditer(text):
        _add(out, text, at, match.start())
        at = match.end()
    _add(out, text, at, len(text))
    return tuple(out)


def before_label(line: str) -> Iterator[int]:
    """``… في البلاد كلمات دلالية: مصر``: before a label that no sentence goes on with; not in ``بكلمات دلالية: كذا``."""
    at = 0
    for colon in _COLON.finditer(line):
        found = _OPENING.search(line, max(at, colon.start() - _LONGEST_LABEL), colon.start())
        if found is not None:
            yield found.start()
        at = colon.end()


def before_source(line: str) -> Iterator[int]:
    """``انتهى الاجتماع. المصدر: سونا``: after a stop or before keywords; not in ``وقال المصدر: إن الوفد وصل``."""
    return (m.end() for m in _SOURCE.finditer(line))


def after_link_label(line: str) -> Iterator[int]:
    """``إقرأ أيضاً:|وصل الوفد …``: where more than a headline comes after the colon, or the same one twice."""
    for match in _LINK_LABEL.finditer(line):
        after = line[match.end() : match.end() + DOUBLED_WITHIN]
        if len(after.split()) > MOST_HEADLINE_WORDS or any(doubled_headline(after)):
            yield match.end()


def around_heading(line: str) -> Iterator[int]:
    """``أخبار ذات صلة|أعلن الجيش``; not in ``نشرت أخبار ذات صلة بالموضوع``."""
    for match in _HEADING.finditer(line):
        yield match.start()
        yield match.end()


def around_links_after_source(line: str) -> Iterator[int]:
    """``المصدر: الوطن|اقرأ أيضاً|ضبط 12 طن دقيق``."""
    for match in _SOURCE_WITH_LINKS.finditer(line):
        yield match.start("label")
        yield match.end("label")


def after_date(line: str) -> Iterator[int]:
    """``تاريخ النشر: 28th, April 2025 GMT|أعلن الوزير``."""
    for match in _DATE_LABEL.finditer(line):
        found = find_dates(line[match.end() : match.end() + DATE_WITHIN])
        if found and found[0].start < DATE_WITHIN // 2:
            after = _AFTER_DATE.match(line, match.end() + found[0].end)
            yield after.end() if after else match.end() + found[0].end


def before_date(line: str) -> Iterator[int]:
    """``غريان - بوابة الجسر: سالم الزرقاني |‖ الإثنين 10 نوفمبر 2025``: after a credit with a bar."""
    match = _CREDIT_WITH_DATE.match(line)
    if match is not None and find_dates(line[match.end() : match.end() + DATE_WITHIN]):
        yield match.start("bar")
        yield match.end()


def around_mail(line: str) -> Iterator[int]:
    """``سالم الزرقاني |أرسل بريدا إلكترونيا |20 سبتمبر، 2025``: the button of a theme beside the author."""
    for match in _MAIL.finditer(line):
        yield match.start()
        yield match.end()


def before_end_mark(line: str) -> Iterator[int]:
    """``وصل الوفد.| انتهى/ س ع``, ``وصل الوفد.|(ل م)``; not in ``انتهى الاجتماع``."""
    return (m.end() for m in _END_MARK.finditer(line))


def after_slug(line: str) -> Iterator[int]:
    """``عام / |تحطم طائرة في المحيط``: the desk's name before a headline."""
    return (m.end() for m in _SLUG.finditer(line))


def doubled_headline(line: str) -> Iterator[int]:
    """``وصل الوفد إلى جوبا| وصل الوفد إلى جوبا| وصل صباح اليوم``: a repeated headline at the start."""
    head = line[:DOUBLED_WITHIN]
    again = head.find(head[:SHORTEST_DOUBLED], SHORTEST_DOUBLED)
    first = head[: max(again, 0)].rstrip(_EDGES)
    if len(first) >= SHORTEST_DOUBLED and head.startswith(first, again) and len(first.split()) >= 3:
        yield again
        yield again + len(first)


#: Each rule gives the positions of cuts. It is asked of lines that hold one of the strings: most lines hold none.
SEAMS: Final[tuple[tuple[Callable[[str], Iterator[int]], tuple[str, ...]], ...]] = (
    (before_label, (":", "：")),
    (before_source, ("مصدر",)),
    (after_link_label, ("قرأ", "قرا", "شاهد", "صلة", "صله", "يهمك")),
    (around_heading, ("صلة", "صله", "متعلق", "مشابه", "المزيد")),
    (around_links_after_source, ("مصدر",)),
    (after_date, ("شر", "تحديث")),
    (before_date, ("|",)),
    (around_mail, ("بريد",)),
    (before_end_mark, ("انتهى", "النهاي", "(", "رابط الخبر", "المزيد")),
    (after_slug, ("/", "Next Previous")),
)


def seams(line: str) -> list[int]:
    """Where a line is to be cut, in order."""
    cuts = {0, len(line)}
    for seam, signs in SEAMS:
        for sign in signs:
            if sign in line:
                cuts.update(seam(line))
                break
    for start in sorted(cuts)[:-1]:
        cuts |= {start + cut for cut in doubled_headline(line[start : start + DOUBLED_WITHIN])}
    return sorted(cuts - {0, len(line)})


def _add(out: list[Line], text: str, start: int, end: int) -> None:
    line = text[start:end]
    if not line.strip(_EDGES):
        return
    bounds = [0, *seams(line), len(line)]
    for a, b in pairwise(bounds):
        part = line[a:b]
        stripped = part.strip(_EDGES)
        if stripped:
            first = start + a + part.index(stripped)
            out.append(Line(first, first + len(stripped), stripped))
