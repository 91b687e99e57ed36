"""Apposition: two names side by side are one entity: ``منظمة الصحة العالمية (WHO)``, ``الملقبة بتبعمرانت``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from arabic_news_ner.coref.clusters import Clusters
from arabic_news_ner.mentions.settings import LONGEST_APPOSITION_GAP
from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.mentions.surface_forms import SurfaceForm

_LATIN = re.compile(r"[A-Za-z]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_QUOTE = r"[\"'«»“”„‟]?"
_BRACKET = re.compile(rf"{_QUOTE}\s*[(\[]\s*{_QUOTE}\s*")
_QUOTED = re.compile(r"\s*[\"«“/]\s*")
_CALLED = re.compile(
    rf"{_QUOTE}\s*[،,(]?\s*(?:الذي |التي )?"
    r"(?:و?(?:المعروفة?|الملقبة?|الشهيرة?|المسماة?|المسمى|المكناة?|المكنى|المدعوة?|ي[عُ]*رف|ت[عُ]*رف|ي[لُ]*قب|ت[لُ]*قب)"
    r"(?: أيضا[ًَ]?| أيضًا| اختصارا[ً]?| اختصارًا| إعلاميا[ً]?)?\s+(?:باسم|بإسم|باختصار|بلقب|ب)"
    r"|واسمه الحقيقي|واسمها الحقيقي|واسمه الكامل|واسمها الكامل|أو ما يعرف ب(?:اسم)?)"
    rf"\s*ـ?\s*:?\s*{_QUOTE}\s*"
)


def merge_appositives(clusters: Clusters, mentions: Sequence[tuple[MentionSpan, SurfaceForm]], text: str) -> set[int]:
    """Join the forms of two neighbouring mentions in apposition.

    :param mentions: in text order, each with its form.
    :returns: the numbers of the forms that are an abbreviation or a nickname of the name before them.
    """
    nicknames: set[int] = set()
    for (first, form), (second, other) in pairwise(mentions):
        if (
            first.label != second.label
            or form.number == other.number
            or second.start - first.end > LONGEST_APPOSITION_GAP
        ):
            continue
        gap, after = text[first.end : second.start], text[second.end : second.end + 3]
        for rule in APPOSITIONS:
            reason = rule(gap, after, first, second)
            if reason is not None:
                clusters.join(other.number, form.number, reason)
                if rule is not in_other_script:
                    nicknames.add(other.number)
                break
    return nicknames


def in_brackets(gap: str, after: str, first: MentionSpan, second: MentionSpan) -> str | None:
    """``حلف شمال الأطلسي (الناتو)``, ``"ألفابت" (Alphabet)``; places only in another script or of one subtype, because
    ``تولوز (فرنسا)`` gives the location of a place."""
    if not _BRACKET.fullmatch(gap):
        return None
    if first.label == "LOC" and not other_script(first, second):
        closed = after.lstrip("\"'»” ").startswith((")", "]"))
        if not closed or first.subtype is None or first.subtype != second.subtype:
            return None
    return "in brackets after"


def in_other_script(gap: str, after: str, first: MentionSpan, second: MentionSpan) -> str | None:
    """``نتفليكس Netflix``: the Latin spelling next to the Arabic one."""
    plain = not gap.strip(' "«»“”') and gap != ""
    return "in Latin letters after" if plain and other_script(first, second) else None


def in_quotes(gap: str, after: str, first: MentionSpan, second: MentionSpan) -> str | None:
    """``جهاز المخابرات الإسرائيلي "الشاباك"``: an organization's short name in quotes right after it. Not for people
    and places."""
    if first.label != "ORG" or not _QUOTED.fullmatch(gap) or not after.startswith(('"', "»", "”", "/")):
        return None
    if first.subtype != second.subtype or len(first.form.words) < 2:
        return None
    return "in quotes after"


def is_called(gap: str, after: str, first: MentionSpan, second: MentionSpan) -> str | None:
    """``المعروف بـ"أبي سليم"``, ``الملقبة بتبعمرانت``, ``واسمها الحقيقي نهاد حداد``."""
    return "so called in the text" if _CALLED.fullmatch(gap) else None


def other_script(first: MentionSpan, second: MentionSpan) -> bool:
    """Is one of the two forms Arabic and the other Latin?"""
    a, b = first.form.surface, second.form.surface
    return (_ARABIC.search(a) is None and _LATIN.search(a) is not None and _ARABIC.search(b) is not None) or (
        _ARABIC.search(b) is None and _LATIN.search(b) is not None and _ARABIC.search(a) is not None
    )


#: In order; the first rule that applies joins the two.
APPOSITIONS = (in_brackets, in_other_script, in_quotes, is_called)
