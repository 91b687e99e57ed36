"""The words around an article in a view, in English and in Arabic."""

from __future__ import annotations

from arabic_news_ner.errors import InputError


def readable_date(date: str | None) -> str:
    """A date as a reader expects it: ``2026-03-11 09:20+01:00`` in place of ``2026-03-11T09:20+01:00``."""
    return (date or "").replace("T", " ")


_ENGLISH = {
    "PER": "Person",
    "ORG": "Organization",
    "LOC": "Place",
    "role": "Role",
    "people": "People",
    "organizations": "Organizations",
    "places": "Places",
    "unheld": "Roles without a named holder",
    "countries": "Countries",
    "keywords": "Keywords",
    "date": "Date",
    "source": "Source",
    "holder": "Holder",
    "mentions": "mentions",
    "mention": "mention",
    "text": "Text of the article",
    "rest": "Rest of the page",
    "untitled": "Article without a headline",
    "articles": "Articles",
    "search": "Search in headlines, names and texts",
    "shown": "{shown} of {all} articles",
    "legend": "Legend",
    "list": "Entities of the article",
    "differences": "Differences",
    "none": "No differences.",
    "place": "Place in the text",
    "same": "{same} mentions and {roles} roles are the same in both.",
    "nobody": "no named holder",
    "nothing": "–",
    "only": "not so on the other side",
    "empty": "No people, organizations or places found.",
    "separator": ", ",
    "people over time": "People over time",
    "articles a day": "Articles a day",
    "articles a week": "Articles a week",
    "articles a month": "Articles a month",
    "appearing together": "Who appears with whom",
    "places on a map": "Places by number of articles",
    "most named ORG": "Organizations by number of articles",
    "most named PER": "People by number of articles",
    "most named LOC": "Places by number of articles",
    "undated": "appearances without a date: {count}",
    "no coordinates": "without coordinates: {count} places",
    "outside": "outside the map: {count} places",
    "outlines": "Country shapes: Natural Earth",
}
_ARABIC = {
    "PER": "شخص",
    "ORG": "مؤسسة",
    "LOC": "مكان",
    "role": "منصب أو صفة",
    "people": "الأشخاص",
    "organizations": "المؤسسات",
    "places": "الأماكن",
    "unheld": "مناصب لم يُذكر اسم شاغلها",
    "countries": "الدول",
    "keywords": "الكلمات المفتاحية",
    "date": "التاريخ",
    "source": "المصدر",
    "holder": "شاغل المنصب",
    "mentions": "عدد المرات",
    "text": "نص المقال",
    "rest": "بقية الصفحة",
    "untitled": "مقال بلا عنوان",
    "articles": "المقالات",
    "search": "ابحث في العناوين والأسماء والنصوص",
    "shown": "{shown} من {all}",
    "legend": "دليل الألوان",
    "list": "أسماء المقال",
    "differences": "الفروق",
    "none": "لا فروق.",
    "place": "الموضع في النص",
    "same": "تتطابق الجهتان في {same} من الأسماء و{roles} من المناصب.",
    "nobody": "بلا اسم",
    "nothing": "–",
    "only": "يختلف عن الجهة الأخرى",
    "empty": "لم يُعثر على أشخاص أو مؤسسات أو أماكن.",
    "separator": "، ",
    "people over time": "ظهور الأشخاص عبر الزمن",
    "articles a day": "عدد المقالات في اليوم",
    "articles a week": "عدد المقالات في الأسبوع",
    "articles a month": "عدد المقالات في الشهر",
    "appearing together": "من يُذكر مع من",
    "places on a map": "الأماكن بحسب عدد المقالات",
    "most named ORG": "المؤسسات بحسب عدد المقالات",
    "most named PER": "الأشخاص بحسب عدد المقالات",
    "most named LOC": "الأماكن بحسب عدد المقالات",
    "undated": "مرات ظهور بلا تاريخ: {count}",
    "no coordinates": "أماكن بلا إحداثيات: {count}",
    "outside": "أماكن خارج الخريطة: {count}",
    "outlines": "حدود الدول: Natural Earth",
    "government": "حكومية",
    "military": "عسكرية",
    "party": "حزب",
    "company": "شركة",
    "media": "إعلام",
    "sports": "رياضة",
    "education": "تعليم",
    "international": "دولية",
    "other": "أخرى",
    "country": "دولة",
    "city": "مدينة",
    "region": "منطقة",
    "facility": "منشأة",
    "nature": "معلم طبيعي",
    "former": "سابق",
    "acting": "مكلّف",
    "deputy": "نائب",
    "elect": "منتخب",
    "late": "راحل",
}
_LANGUAGES = {"en": _ENGLISH, "ar": _ARABIC}


class Wording:
    """The words of one language; subtypes and statuses without a translation stay as they are."""

    def __init__(self, language: str) -> None:
        """:param language: ``"en"`` or ``"ar"``. :raises InputError: for another one."""
        if language not in _LANGUAGES:
            raise InputError(f"language is {language!r}; it is 'en' or 'ar'")
        self.language = language
        self.direction = "rtl" if language == "ar" else "ltr"
        self._words = _LANGUAGES[language]

    def __getitem__(self, word: str) -> str:
        return self._words.get(word, word)

    def count(self, number: int) -> str:
        """A number of mentions."""
        if self.language == "ar":
            return _arabic_count(number)
        return f"{number} {self['mention'] if number == 1 else self['mentions']}"


def _arabic_count(number: int) -> str:
    if number <= 2:
        return "مرة واحدة" if number == 1 else "مرتان"
    return f"{number} {'مرات' if 3 <= number % 100 <= 10 else 'مرة'}"
