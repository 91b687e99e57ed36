"""Pages written for the project, each with the articles that a reader sees in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError, read_page

MINISTER = "أعلن وزير النقل الليبي سالم الورفلي أن أعمال الصيانة في ميناء الخمس ستبدأ مطلع الشهر المقبل."
SHIPS = "وأوضح الورفلي أن الميناء سيستقبل السفن الكبيرة بعد انتهاء العمل، وأن الشركة المنفذة تسلمت الموقع."
ARMY = "أعلن الجيش السوداني مساء الثلاثاء استعادة بلدة الدندر في ولاية سنار بعد معارك استمرت يومين."
TROOPS = "وقال المتحدث باسم الجيش إن القوات انتشرت في محيط البلدة، وإن السكان بدأوا العودة إلى منازلهم."
HARBOUR_HEADLINE = "وزير النقل: صيانة ميناء الخمس تبدأ الشهر المقبل"
ARMY_HEADLINE = "الجيش السوداني يستعيد بلدة الدندر في ولاية سنار"
LINKS = ["البعثة الأممية ترحب باتفاق الزاوية", "مصرف ليبيا المركزي يوفر سيولة للعيد", "أمطار غزيرة على الجبل الأخضر"]

VERSES = ["أيها البحر الذي لا ينتهي", "كم على شطك نامت مدن", "خذ من الليل نجوما", "واعد لي زورقي"]


def page(*lines: str) -> str:
    return "\n".join(lines)


def seen(raw: str) -> list[tuple[str | None, str]]:
    return [(article.headline, article.text) for article in read_page(raw).articles]


HARBOUR = (HARBOUR_HEADLINE, page(MINISTER, SHIPS))
WAR = (ARMY_HEADLINE, page(ARMY, TROOPS))
PAGES = {
    "one article": (page(HARBOUR_HEADLINE, MINISTER, SHIPS), [HARBOUR]),
    "no headline": (page(MINISTER, SHIPS), [(None, page(MINISTER, SHIPS))]),
    "an aggregator's seam": (
        page(
            HARBOUR_HEADLINE, "تاريخ النشر: 28th, April 2025 GMT", MINISTER, SHIPS,
            "المصدر: صحيفة الساعة 24", "كلمات دلالية: المجلس الرئاسی", "إقرأ أيضاً:",
            ARMY_HEADLINE, ARMY_HEADLINE, "أخبار ذات صلة" + ARMY, TROOPS,
        ),
        [HARBOUR, WAR],
    ),
    "the same on one line": (
        f"{HARBOUR_HEADLINE} {HARBOUR_HEADLINE} {MINISTER} {SHIPS} المصدر: صحيفة الساعة 24 كلمات دلالية: ليبيا، الخمس "
        f"إقرأ أيضاً: {ARMY_HEADLINE} {ARMY_HEADLINE} {ARMY} {TROOPS}",
        [(HARBOUR_HEADLINE, f"{MINISTER} {SHIPS}"), (ARMY_HEADLINE, f"{ARMY} {TROOPS}")],
    ),
    "source, then the next headline": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, "المصدر: وال", ARMY_HEADLINE, ARMY, TROOPS), [HARBOUR, WAR]
    ),
    "end mark, then the next headline": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, "انتهى/ س ع", ARMY_HEADLINE, ARMY, TROOPS), [HARBOUR, WAR]
    ),
    "closed, links, then the next article": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, "كلمات دلالية: ليبيا", "مواضيع ذات صلة", *LINKS, ARMY_HEADLINE, ARMY, TROOPS),
        [HARBOUR, WAR],
    ),
    "closed, the next article without a headline": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, "المصدر: وال", "كلمات دلالية: ليبيا", "إقرأ أيضاً:", ARMY, TROOPS),
        [HARBOUR, (None, page(ARMY, TROOPS))],
    ),
    "no seam, a date under the second headline": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, ARMY_HEADLINE, "الثلاثاء 6 مايو 2025", ARMY, TROOPS), [HARBOUR, WAR]
    ),
    "no seam, a dateline under the second headline": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, ARMY_HEADLINE, "الخرطوم (سونا) - " + ARMY, TROOPS),
        [HARBOUR, (ARMY_HEADLINE, page("الخرطوم (سونا) - " + ARMY, TROOPS))],
    ),
    "no seam, an agency's dateline": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, ARMY_HEADLINE, "الخرطوم - أ ش أ: " + ARMY, TROOPS),
        [HARBOUR, (ARMY_HEADLINE, page("الخرطوم - أ ش أ: " + ARMY, TROOPS))],
    ),
    "no seam, the second headline twice": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, ARMY_HEADLINE, ARMY_HEADLINE, ARMY, TROOPS), [HARBOUR, WAR]
    ),
    "a subhead": (
        page(HARBOUR_HEADLINE, MINISTER, "الأعمال على مرحلتين", SHIPS),
        [(HARBOUR_HEADLINE, page(MINISTER, "الأعمال على مرحلتين", SHIPS))],
    ),
    "a deck": (
        page(HARBOUR_HEADLINE, "الورفلي: الشركة المنفذة تسلمت الموقع", MINISTER, SHIPS),
        [(HARBOUR_HEADLINE, page("الورفلي: الشركة المنفذة تسلمت الموقع", MINISTER, SHIPS))],
    ),
    "a link inside the story": (
        page(HARBOUR_HEADLINE, MINISTER, f"اقرأ أيضا: {LINKS[0]}", SHIPS), [HARBOUR]
    ),
    "a block of links inside the story": (
        page(HARBOUR_HEADLINE, MINISTER, "اقرأ أيضا:", LINKS[0], LINKS[1], SHIPS), [HARBOUR]
    ),
    "a link label, then the story goes on": (page(HARBOUR_HEADLINE, MINISTER, "اقرأ أيضا:", SHIPS), [HARBOUR]),
    "links under the story": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, "أخبار ذات صلة", *LINKS), [HARBOUR]
    ),
    "links under the source": (page(HARBOUR_HEADLINE, MINISTER, SHIPS, "المصدر: وال", *LINKS), [HARBOUR]),
    "the site's name behind the headline": (
        page(f"{HARBOUR_HEADLINE} | الساعة 24", HARBOUR_HEADLINE, MINISTER, SHIPS), [HARBOUR]
    ),
    "menus above": (
        page("الرئيسية » أخبار محلية", "أخبار | رياضة | اقتصاد", HARBOUR_HEADLINE, "شارك", MINISTER, SHIPS), [HARBOUR]
    ),
    "page furniture below": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, "فيسبوك تويتر واتساب", "أضف تعليقك", "جميع الحقوق محفوظة © 2025"), [HARBOUR]
    ),
    "a headline of two words": (page("تغاريد العيد", MINISTER, SHIPS), [("تغاريد العيد", page(MINISTER, SHIPS))]),
    "only a headline": (HARBOUR_HEADLINE, [(HARBOUR_HEADLINE, "")]),
    "a slug before the headline": (
        page(
            f"عام / {ARMY_HEADLINE}", "الخرطوم 8 ذو القعدة 1446 هـ الموافق 6 مايو 2025 م واس", ARMY, TROOPS,
            "// انتهى //", "12:48 ت م",
        ),
        [WAR],
    ),
    "text in another language": (
        page(HARBOUR_HEADLINE, "Libya: port of Khoms to be repaired next month", MINISTER, SHIPS), [HARBOUR]
    ),
    "a byline that names the desk, then no seam": (
        page(HARBOUR_HEADLINE, "طرابلس - علي الفرجاني", MINISTER, SHIPS, ARMY_HEADLINE, "الخرطوم – خالد عثمان", ARMY, TROOPS),
        [HARBOUR, WAR],
    ),
    "a ticker above the headline": (page(*LINKS, HARBOUR_HEADLINE, MINISTER, SHIPS), [HARBOUR]),
    "an end mark glued to the story": (page(HARBOUR_HEADLINE, MINISTER, SHIPS + " (ل م)"), [HARBOUR]),
    "a label and a date glued to the story": (
        page(HARBOUR_HEADLINE, "تاريخ النشر: 28th, April 2025 GMT " + MINISTER, SHIPS), [HARBOUR]
    ),
    "a label glued to a story without a stop": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS.rstrip(".") + "المصدر: وال"),
        [(HARBOUR_HEADLINE, page(MINISTER, SHIPS.rstrip(".")))],
    ),
    "dates of a chronicle": (
        page(HARBOUR_HEADLINE, MINISTER, "6 مايو 2025", SHIPS, "* 8 مايو 2025: تسليم الموقع", MINISTER),
        [(HARBOUR_HEADLINE, page(MINISTER, "6 مايو 2025", SHIPS, "* 8 مايو 2025: تسليم الموقع", MINISTER))],
    ),
    "verses": (
        page("قصيدة في البحر", *VERSES), [("قصيدة في البحر", page(*VERSES))]
    ),
    "an aggregator without source and tags": (
        page(HARBOUR_HEADLINE, MINISTER, SHIPS, "إقرأ أيضاً:", ARMY_HEADLINE, ARMY, TROOPS), [HARBOUR, WAR]
    ),
    "an image's source inside": (
        page(HARBOUR_HEADLINE, MINISTER, "المصدر: رويترز", SHIPS), [HARBOUR]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page(name):
    raw, wanted = PAGES[name]
    assert seen(raw) == wanted


LIVE = page(
    "معارك سنار لحظة بلحظة", "تغطية مباشرة لتطورات المعارك في ولاية سنار", "18:40", "الجيش يعلن السيطرة على الجسر",
    ARMY, "17:15", "نزوح مئات العائلات", TROOPS, "16:02", "بيان للقوة المشتركة", ARMY, "15:30 بتوقيت غرينتش", TROOPS,
)  # fmt: skip
REVIEW = page(
    "جولة الصحافة: ميناء الخمس في صدارة العناوين", "نقرأ في صحف اليوم عن ميناء الخمس وعن معارك سنار.",
    *[line for n in range(10) for line in (f"الصحيفة {n}: {LINKS[n % 3]}", MINISTER, SHIPS)],
)  # fmt: skip
SPEECH = page(
    "نص كلمة رئيس المجلس في ذكرى الاستقلال", "بسم الله الرحمن الرحيم", "أيها الإخوة والأخوات،", MINISTER,
    "أيتها الليبيات، أيها الليبيون", SHIPS, "عاشت ليبيا حرة", "والسلام عليكم ورحمة الله وبركاته",
)  # fmt: skip


@pytest.mark.parametrize("raw", [LIVE, REVIEW, SPEECH], ids=["live blog", "press review", "speech"])
def test_long_forms_stay_one_article_and_lose_nothing(raw):
    (article,) = read_page(raw).articles
    clocks = ("18:40", "17:15", "16:02", "15:30 بتوقيت غرينتش")  # of a live blog, on lines of their own, are no text
    assert page(article.headline or "", article.text) == page(*(line for line in raw.split("\n") if line not in clocks))


def test_fields():
    raw = page(
        HARBOUR_HEADLINE, "كتب: محمود العيسوي", "تاريخ النشر: 28th, April 2025 GMT", "ميناء الخمس من الجو (رويترز)",
        "طرابلس (وال) - " + MINISTER, "اقرأ أيضاً: " + LINKS[0], SHIPS, "المصدر: صحيفة الساعة 24",
        "كلمات دلالية: ليبيا ، ميناء الخمس", "أخبار ذات صلة", *LINKS[1:],
    )  # fmt: skip
    (article,) = read_page(raw).articles
    assert article.headline == HARBOUR_HEADLINE
    assert article.byline == "محمود العيسوي"
    assert article.date == "2025-04-28"
    assert article.dateline == "طرابلس (وال)"
    assert (article.source, article.agency) == ("الساعة 24", "وال")
    assert article.keywords == ("ليبيا", "ميناء الخمس")
    assert article.related == tuple(LINKS)
    assert article.captions == ("ميناء الخمس من الجو (رويترز)",)
    assert article.text == page("طرابلس (وال) - " + MINISTER, SHIPS)


def test_each_article_has_its_own_date():
    raw = page(
        HARBOUR_HEADLINE, "28 أبريل 2025", MINISTER, SHIPS, "المصدر: وال", "كلمات دلالية: ليبيا",
        "2025-05-06", ARMY_HEADLINE, ARMY, TROOPS, "المصدر: سونا",
    )  # fmt: skip
    first, second = read_page(raw).articles
    assert (first.date, first.source) == ("2025-04-28", "وال")
    assert (second.headline, second.date, second.source) == (ARMY_HEADLINE, "2025-05-06", "سونا")


def test_labels_with_their_value_on_the_next_line():
    raw = page(
        HARBOUR_HEADLINE, MINISTER, SHIPS, "المصدر:", "وكالة الأنباء الليبية", "كلمات دلالية:", "ليبيا", "ميناء الخمس"
    )
    (article,) = read_page(raw).articles
    assert article.source == "وال"
    assert article.keywords == ("ليبيا", "ميناء الخمس")
    assert article.text == page(MINISTER, SHIPS)


def test_a_list_of_headlines_is_no_article():
    assert read_page(page(*LINKS, HARBOUR_HEADLINE, ARMY_HEADLINE)).articles == ()


PARTS = [
    MINISTER, SHIPS, ARMY, HARBOUR_HEADLINE, ARMY_HEADLINE, *LINKS, "المصدر: وال", "المصدر:", "كلمات دلالية: ليبيا", "إقرأ أيضاً:",
    "أخبار ذات صلة", "28 أبريل 2025", "12:30", "كتب: محمود العيسوي", "الخرطوم - أ ش أ: ", "الرياض – سعد المطيري", "انتهى/ س ع",
    "***", "BBC News", "\n", " ", "\r\n", "\u200f", "أ", "(رويترز)", "12", "|", "عام / ",
]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(PARTS) | st.text(max_size=8), st.sampled_from(["\n", "\n", " ", ""])), max_size=14
    )
)
def test_pieces_tile_the_page(parts):
    raw = "".join(a + b for a, b in parts)
    found = read_page(raw)
    assert found.text == raw
    at = 0
    for piece in found.pieces():
        assert piece.start == at < piece.end
        at = piece.end
    assert at == len(raw)
    bodies = [span for article in found.articles for span in article.body]
    assert bodies == sorted(bodies)
    assert bodies == [(p.start, p.end) for p in found.pieces() if p.kind == "body"]
    for article in found.articles:
        for offset, character in enumerate(article.text):
            at = article.to_raw(offset)
            assert raw[at : at + 1] == character or character == "\n"
    others = {at for p in found.pieces() if p.kind == "other" for at in range(p.start, p.end)}
    for article in found.articles:
        letters = (at for at, character in enumerate(article.text) if character != "\n")
        assert others.isdisjoint(map(article.to_raw, letters)), "no letter of an article is in a piece of another kind"


@pytest.mark.parametrize("raw", [None, b"x", 3])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(InputError, match="not str"):
        read_page(raw)
