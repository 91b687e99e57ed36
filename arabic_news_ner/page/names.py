"""Is a line of two to four words the name of an author?"""

from __future__ import annotations

import regex

from arabic_news_ner.page.fields import LONGEST_FIELD
from arabic_news_ner.text.fold import fold

_NAME = regex.compile(r"\p{Arabic}+(?:\.|\b)(?:\s\p{Arabic}+){1,3}")
_NOT_NAME = regex.compile(r"\s*[\w.]*@[\w.]*\s*$|\s*[-–—]\s*$")
_OPENS_NO_NAME = frozenset(
    fold(
        "وزارة مجلس هيئة لجنة رئيس رئيسة وزير مدير بيان نص صور فيديو كلمة حوار مقال ملف تقرير أخبار اخبار عدد كل بعد قبل "
        "في من على عن إلى مع هل ما ماذا كيف لماذا أين متى هذا هذه شبكة وكالة صحيفة قناة موقع جريدة شركة نادي منتخب مباراة "
        "دوري كأس جامعة مدرسة أهم أبرز آخر بسم السلام والسلام عاش عاشت تحيا شكرا خطة مشروع قرار مطالب أزمة اقرأ "
        "مقتل مصرع وفاة رحيل اعتقال توقيف احتجاز إصابة استشهاد اغتيال خطف اختطاف اختفاء إعدام سجن محاكمة"
    ).split()
)
_IN_NO_NAME = frozenset(fold("في من على عن إلى الى مع هذا التي الذي بعد قبل و أو ثم").split())
#: Given names that are common among those who write for Arabic outlets, and words inside names.
_GIVEN = frozenset(
    fold(
        "محمد محمود أحمد حامد حمد حمدي حمزة حميد علي حسن حسين حسام حسني حسان عمر عمار عمرو عامر عثمان خالد خليل "
        "سعد سعود سعيد فهد فيصل عبدالله عبدالرحمن عبدالعزيز عبدالكريم عبدالقادر عبدالسلام إبراهيم إسماعيل إيمان "
        "إياد إيهاب إلهام يوسف يونس يعقوب يحيى ياسر ياسين ياسمين يسرى مصطفى مروان مروة مريم منى مها مي ميس ميساء "
        "ميسون مجدي ماجد ماجدة مازن مالك ماهر مهدي موسى منير منيرة منصور معتز معاذ مراد محسن محيي نبيل نجلاء نجوى "
        "ندى نادر نادية ناصر نايف نواف نورا نورة نوال نهى نسرين نزار هبة هاني هالة هند هدى هشام هيثم هناء وائل "
        "وليد وداد وسام وسيم طارق طلال طه بندر بسام بسمة بشير بشرى بلال باسم بهاء تامر توفيق تركي ثامر جابر جاسم "
        "جمال جمانة جلال جميل جميلة جورج جوزيف حاتم حازم حبيب حنان خديجة دانا دينا داليا ديما راشد رائد رامي "
        "رانيا رباب ربيع رحاب رضا رشا رشيد رغدة رمزي رنا رنيم روان ريم ريما ريهام زاهر زكريا زكي زياد زيد زينب "
        "زهير سارة سامر سامي سالم سلمان سلمى سلوى سليم سليمان سمر سمير سميرة سمية سناء سهى سهام سوزان شادي شادية "
        "شريف شيماء صابر صالح صلاح عادل عاطف عائشة عبير عباس عدنان عصام عفاف علاء علياء عماد عواد غادة غازي غسان "
        "فاتن فاطمة فادي فايز فائزة فارس فراس فريد فؤاد فوزي فتحي قاسم قيس كارين كريم كريمة كمال كاظم لؤي لبنى "
        "لطفي لطيفة لمى لمياء ليلى لينا أسامة أسماء أسعد أشرف أكرم أمجد أميرة أمين أمينة أنس أنور أيمن أيوب آمنة "
        "آية آلاء بن بنت ابن أبو"
    ).split()
)


def author_of(line: str) -> str | None:
    """The name in a line that has little more than one: ``ماضي العجمي``, ``ب. نسيمة``, ``سلطان الغامدي (جدة) okaz@``,
    ``عبدالله الحازمي - سبق - الرياض``; none in ``وزارة الصحة توضح``, whose first word begins no name."""
    if len(line) > LONGEST_FIELD:
        return None
    parts = [_NOT_NAME.sub("", part).strip() for part in regex.split(r"\s+[-–—ـ|]\s*|\s*[(].*$", line)]
    names = [part for part in parts if 2 <= len(part.split()) <= 4 and _NAME.fullmatch(part)]
    if len(names) != 1 or len(parts) > 4 or any(len(part.split()) > 4 for part in parts):
        return None
    words = fold(names[0]).split()
    return None if words[0] in _OPENS_NO_NAME or any(w in _IN_NO_NAME for w in words) else names[0]


def is_surely_name(name: str) -> bool:
    """Does what may be a name look like one: a given name or an initial at its start, ``عبدالله`` anywhere, or a
    family name at its end? ``تفاصيل جديدة`` and ``القمة المقبلة`` do not."""
    first, *rest = name.split()
    given = any(fold(word) in _GIVEN for word in (first, *rest[:-1])) or any(
        w.startswith("عبد") for w in (first, *rest)
    )
    return given or first.endswith(".") or (ends_as_family(name) and not first.endswith("ة"))


def opens_as_name(name: str) -> bool:
    """Is the first word a given name that is known?"""
    first = name.split()[0]
    return fold(first) in _GIVEN or first.startswith("عبد")


def ends_as_family(name: str) -> bool:
    """Is the last word formed as most family names are: ``هيلانة الهندي``?"""
    words = name.split()
    return words[-1].startswith("ال") and words[-1].endswith("ي") and not words[0].startswith("ال")
