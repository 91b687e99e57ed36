"""Articles written by hand, as no model is needed to test how they are shown."""

from __future__ import annotations

from arabic_news_ner.types import Article, Country, Entity, Link, Mention, Role

TEXT = (
    "مُحَمَّدٌ الطَّرابُلسيّ يلتقي رئيسة شركة NovaPress الفرنسية\n"
    'قال وزير الثقافة محمد الطرابلسي إن "الاتفاق مع NovaPress (NP) قيد الدراسة" <b>غدا</b> & بعد غد.\n'
    "\n"
    "Statement in English: NovaPress will open in Zarqa.\n"
    "NATO يعلن افتتاح مكتب ببنغازي، وقالت رئيسة الشركة 120 مرة 😀 إن العمل يبدأ في 2026/5/14."
)


def mention(part: str, nth: int = 0, score: float | None = 0.9) -> Mention:
    """The nth occurrence of a part of TEXT."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(part, start + 1)
    return Mention(start, start + len(part), part, score)


def role(part: str, **fields: object) -> Role:
    start = TEXT.index(part)
    return Role(start, start + len(part), part, **fields)


MINISTER = Entity(
    "e1",
    "PER",
    None,
    "محمد الطرابلسي",
    (mention("مُحَمَّدٌ الطَّرابُلسيّ"), mention("محمد الطرابلسي")),
    roles=(role("وزير الثقافة", holder="e1", holder_name="محمد الطرابلسي", score=0.98, holder_score=0.91),),
    links=(Link("wikidata", "Q1", "محمد الطرابلسي"),),
    salience=0.7,
)
COMPANY = Entity(
    "e2", "ORG", "company", "NovaPress", (mention("NovaPress"), mention("NovaPress", 1), mention("NP"), mention("NovaPress", 2)),
    salience=0.5,
)  # fmt: skip
ALLIANCE = Entity("e3", "ORG", "international", "NATO", (mention("NATO", score=None),), salience=0.2)
CITY = Entity(
    "e4",
    "LOC",
    "city",
    "بنغازي",
    (mention("بنغازي"),),
    links=(Link("geonames", "88319", "بنغازي", 32.1149, 20.0686, 0.99),),
    salience=0.1,
)
ARTICLE = Article(
    TEXT,
    headline="مُحَمَّدٌ الطَّرابُلسيّ يلتقي رئيسة شركة NovaPress الفرنسية",
    date="2026-05-14",
    source="صحيفة الوادي",
    keywords=("ثقافة", "نشر"),
    keyword_entities=(None, None),
    entities=(MINISTER, COMPANY, ALLIANCE, CITY),
    roles=(role("رئيسة شركة NovaPress الفرنسية", organization="e2", organization_name="NovaPress", score=0.8),),
    countries=(Country("LY", "ليبيا", "city", 1),),
)
#: The same text as another model might read it: a city more, the label of NATO another, a name longer, a role without holder.
OTHER = Article(
    TEXT,
    headline=ARTICLE.headline,
    entities=(
        Entity("x1", "PER", None, "محمد الطرابلسي", MINISTER.mentions[1:], salience=0.7),
        Entity("x2", "ORG", "company", "NovaPress", (*COMPANY.mentions[:2], *COMPANY.mentions[3:]), salience=0.5),
        Entity("x3", "LOC", "region", "NATO", ALLIANCE.mentions, salience=0.2),
        Entity("x4", "LOC", "city", "مكتب ببنغازي", (mention("مكتب ببنغازي"),), salience=0.1),
        Entity("x5", "LOC", "city", "Zarqa", (mention("Zarqa"),), salience=0.1),
    ),
    roles=(role("وزير الثقافة", score=0.7), *ARTICLE.roles),
)
