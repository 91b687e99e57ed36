"""Sentences written for the holder pointer: constructions that are rare in the annotated news and easy to get wrong.

Each template is a sentence with offices, invented names and places; ``{o:1}`` is an office of the person ``{n:1}``, ``{o:-}`` one
whose holder is not named, ``{a:-}`` an envoy, ``{d:1,2}`` an office of two people. The names are put together at random.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

TEMPLATES = (
    # who speaks is not whom he speaks of
    "وقال {o:-} إن {n:1} {v} {p} أمس.",
    "وأكد {o:-} أن {n:1} {v} {p} الأسبوع الماضي، فيما نفى {n:2} ذلك.",
    "أعلن {o:-} {e} {n:1} في {p}.",
    "وأعلن {o:-} في بيان {e} {n:1} و{n:2}.",
    "قال {o:-}: إن الأوضاع هادئة في {p}. وشارك في اللقاء {n:1}.",
    "ونقلت الوكالة عن {o:-} قوله إن {n:1} {v} {p}.",
    "وذكر {o:-} أن {o:1} {n:1} {v} {p}.",
    # guests, of whom some are named
    "شارك في الحفل {o:1} {n:1} و{a:-} و{a:-} وعدد من الصحفيين.",
    "وكان في الاستقبال {o:1} {n:1}، و{a:-}، و{o:2} {n:2}.",
    "حضر الندوة {a:-} و{a:-} و{o:1} {n:1}.",
    # a second office of the same kind
    "التقى {o:1} {n:1} في {p} {o:-}، وبحث معه التعاون. وقال {n:1} إن اللقاء كان بناء.",
    "بحث {o:1} {n:1} مع {o:-} سبل التعاون.",
    "تلقى {o:1} {n:1} رسالة من {o:-}.",
    # a name after a long adverbial
    "أفاد {o:1}، في تصريح أدلى به للصحفيين على هامش زيارته إلى {p}، «{n:1}»، بأن العمل متواصل.",
    "كشف {o:1}، خلال جلسة عقدت يوم الأحد في {p}، {n:1}، عن خطة جديدة.",
    "وأوضح {o:1} في اتصال هاتفي مساء الثلاثاء «{n:1}» أن الطريق مفتوح.",
    # several holders
    "استقبل {o:1} {n:1} في {p} {d:2,3} {n:2} و{n:3}.",
    "وحضر الجلسة {d:1,2} {n:1} و{n:2}.",
    # beside the name
    "التقى {o:1} {n:1} أمس {o:2} {n:2} في {p}.",
    "وقال {n:1}، {o:1}، إن {n:2} {v} {p}.",
    "وقال {n:1}، وهو {o:1}، إن {o:2} {n:2} {v} {p}.",
    "عين {n:1} {ot:1} خلفا ل{n:2}.",
    "{n:1} {o:1} و{o:1} غادر {p}، بحسب {o:2} {n:2}.",
    "وأضاف {n:1} أن {o:-} {v} {p}.",
)
OFFICES = (
    "وزير الداخلية;وزير الصحة;وزير المالية;وزير العدل;وزير الزراعة;وزير الدفاع;رئيس الوزراء;رئيس البرلمان;"
    "رئيس البلدية;رئيس هيئة الأركان;المتحدث باسم الشرطة;المتحدث باسم الوزارة;المتحدث باسم الحكومة;"
    "الناطق باسم الحركة;مدير الأمن;مدير المستشفى;المدير العام للشركة;محافظ البصرة;محافظ عدن;محافظ حلب;"
    "والي الخرطوم;حاكم الولاية;أمير المنطقة;قائد الجيش;قائد العملية;الرئيس الفرنسي;الرئيس التونسي;"
    "الرئيس الإيراني;رئيس الاتحاد;رئيس النادي;مدرب الفريق;الأمين العام للحزب;النائب العام;رئيس اللجنة;"
    "مدير عام الموانئ;وكيل وزارة التعليم"
).split(";")
ENVOYS = (
    "سفير مصر لدى السودان;سفير تركيا لدى العراق;سفيرة كندا لدى الأردن;سفير ألمانيا في بيروت;"
    "القائم بأعمال السفارة الهندية;قنصل المغرب العام;ممثل الاتحاد الأوروبي;سفير الصين لدى الجزائر;"
    "سفير اليابان;الملحق الثقافي الإسباني"
).split(";")
DUALS = "نائبي الوزير;مستشاري الرئيس;الوزيرين السابقين;عضوي المجلس;المبعوثين الأمميين;نائبي رئيس البرلمان".split(";")
TANWIN = "مديرا للمركز;رئيسا للجنة;سفيرا لدى عمان;قائدا للقوات;مدربا للمنتخب;وزيرا للثقافة".split(";")
GIVEN = "سالم;حمزة;وليد;نبيل;مروان;أيمن;رائد;فيصل;زياد;هشام;ياسر;طارق;عماد;سهى;هالة;رنا;منى;دلال;عبير".split(";")
FAMILY = (
    "القماطي;الشوربجي;المرزوقي;البوعينين;العتيبي;الدليمي;الحمصي;الصفدي;بن ناصر;التومي;الغرياني;العامري;البزاز"
).split(";")
PLACES = "طنجة;الموصل;صفاقس;حمص;أسوان;بنغازي;الدوحة;نابلس;وهران;تعز;صلالة;نواكشوط".split(";")
VERBS = "زار;غادر;وصل إلى;عاد إلى;توجه إلى;افتتح معرضا في".split(";")
EVENTS = "اعتقال;وفاة;إصابة;استقالة;الإفراج عن;العثور على".split(";")

_SLOT = re.compile(r"\{(\w+)(?::([\d,-]+))?\}")


def constructions(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Short articles of one to three sentences, as lines of ``*.spans.jsonl``."""
    rng = random.Random(seed)
    for number in range(count):
        text = ""
        spans: list[list[Any]] = []
        roles: list[list[Any]] = []
        for _ in range(rng.randrange(1, 4)):
            base = 10 * len(spans)
            part, people, offices = _filled(rng.choice(TEMPLATES), rng, len(text))
            spans += [[s, e, "per", None, base + person, s] for s, e, person in people]
            roles += [[s, e, None if holder is None else base + holder] for s, e, holder in offices]
            text += part + rng.choice((" ", "\n"))
        yield {"id": f"construction{number}", "text": text, "spans": spans, "roles": sorted(roles, key=lambda r: r[:2])}


def _filled(
    template: str, rng: random.Random, offset: int
) -> tuple[str, list[tuple[int, int, int]], list[tuple[int, int, int | None]]]:
    """The sentence, its people (start, end, number) and its offices (start, end, holder)."""
    if rng.random() < 0.5:
        template = template.replace("«", '"').replace("»", '"')
    families = rng.sample(FAMILY, 4)
    names = [f"{given} {family}" for given, family in zip(rng.sample(GIVEN, 4), families, strict=True)]
    offices, envoys = rng.sample(OFFICES, 8), rng.sample(ENVOYS, 4)
    choose = {"d": DUALS, "ot": TANWIN, "v": VERBS, "e": EVENTS, "p": PLACES}
    out, at = "", 0
    people: list[tuple[int, int, int]] = []
    roles: list[tuple[int, int, int | None]] = []
    for match in _SLOT.finditer(template):
        out += template[at : match.start()]
        kind, of = match.group(1), match.group(2)
        start = offset + len(out)
        if kind == "n":
            out += names[int(of)]
            people.append((start, offset + len(out), int(of)))
        else:
            out += offices.pop() if kind == "o" else envoys.pop() if kind == "a" else rng.choice(choose[kind])
            if of:
                holders = [None] if of == "-" else [int(h) for h in of.split(",")]
                roles += [(start, offset + len(out), holder) for holder in holders]
        at = match.end()
    return out + template[at:], people, roles
