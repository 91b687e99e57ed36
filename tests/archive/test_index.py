"""An index over articles made by hand: who is one, who is not, and what can be asked."""

from __future__ import annotations

import itertools
import multiprocessing
import sqlite3

import pytest

from arabic_news_ner import Article, Country, Entity, InputError, Link, Mention, Role
from arabic_news_ner.archive import Day, EntityIndex


def entity(number, label, name, *, subtype=None, forms=(), roles=(), links=(), times=1, salience=0.5):
    mentions = tuple(
        Mention(100 * number + i, 100 * number + i + 1, form, 0.9) for i, form in enumerate((name, *forms) * times)
    )
    held = tuple(Role(100 * number + 50 + i, 100 * number + 51 + i, text) for i, text in enumerate(roles))
    merges = tuple((form, "short form") for form in forms)
    return Entity(f"e{number}", label, subtype, name, mentions, held, tuple(links), salience, merges)


def article(*entities, country=None, date=None, headline=None):
    countries = (Country(country, country, "named", 1),) if country else ()
    return Article("", headline=headline, date=date, entities=tuple(entities), countries=countries)


@pytest.fixture
def index():
    with EntityIndex.open(":memory:") as opened:
        yield opened


def add(index, *articles):
    for number, a in enumerate(articles, 1):
        index.add(a, id=f"a{number}")


def listed(index, label=None):
    return sorted((e.name, e.articles) for e in index.entities(label))


LINK = Link("geonames", "2210247", "طرابلس", 32.9, 13.2)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (entity(1, "PER", "محمد المنفي"), entity(1, "PER", "محمد المنفي"), True),
        (entity(1, "PER", "عبدالله اللافي"), entity(1, "PER", "عبد الله اللافي"), True),
        (entity(1, "PER", "محمد يونس المنفي"), entity(1, "PER", "محمد المنفي"), True),
        (entity(1, "PER", "أليكساندر بيتروف"), entity(1, "PER", "ألكسندر بيتروف"), True),
        (entity(1, "PER", "سعد الحريري"), entity(1, "PER", "بهاء الحريري"), False),
        (entity(1, "PER", "عبد الله اللافي"), entity(1, "PER", "اللافي"), False),
        (entity(1, "PER", "اللافي"), entity(1, "PER", "اللافي"), True),
        (entity(1, "PER", "محمد السادس"), entity(1, "PER", "محمد الخامس"), False),
        (entity(1, "ORG", "بنك ليبيا المركزي"), entity(1, "ORG", "مصرف ليبيا المركزي"), True),
        (entity(1, "ORG", "حزب الله"), entity(1, "ORG", "حزب العمال"), False),
        (entity(1, "LOC", "طرابلس", links=[LINK]), entity(1, "LOC", "مدينة طرابلس", links=[LINK]), True),
        (
            entity(1, "LOC", "طرابلس", links=[LINK]),
            entity(1, "LOC", "طرابلس", links=[Link("geonames", "266826", "ط")]),
            False,
        ),
        (entity(1, "LOC", "باريس"), entity(1, "PER", "باريس"), False),
    ],
)
def test_one_entity_or_two(index, first, second, one):
    add(index, article(first), article(second))
    assert len(index.entities()) == (1 if one else 2)


def test_ministries_of_two_countries_are_two(index):
    ministry = entity(1, "ORG", "وزارة الخارجية", subtype="government")
    add(index, article(ministry, country="LY"), article(ministry, country="EG"), article(ministry, country="LY"))
    assert sorted((e.country, e.articles) for e in index.entities()) == [("EG", 1), ("LY", 2)]


def test_organizations_of_one_identifier_are_one_under_any_name(index):
    own = Link("organizations", "unrwa", "الأونروا")
    first = entity(1, "ORG", "الأونروا", subtype="international", links=[own])
    second = entity(1, "ORG", "وكالة غوث وتشغيل اللاجئين", subtype="international", links=[own])
    add(index, article(first), article(second))
    (found,) = index.entities()
    assert found.articles == 2
    assert "same identifier (organizations unrwa)" in index.explain(found.id)


def test_a_known_name_without_its_identifier_joins(index):
    linked = entity(1, "PER", "باراك أوباما", links=[Link("people", "barack-obama", "باراك أوباما")])
    add(index, article(linked), article(entity(1, "PER", "باراك أوباما")))
    assert listed(index) == [("باراك أوباما", 2)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_a_shared_name_that_an_article_leaves_open_is_an_entity_of_its_own(index, order):
    clubs = [
        entity(1, "ORG", "الأهلي", subtype="sports", links=[Link("organizations", "al-ahli-saudi", "الأهلي")]),
        entity(1, "ORG", "الأهلي", subtype="sports", links=[Link("organizations", "al-ahly-egypt", "الأهلي")]),
        entity(1, "ORG", "الأهلي", subtype="sports"),
    ]
    add(index, *(article(clubs[i]) for i in (*order, *order)))
    assert listed(index) == [("الأهلي", 2)] * 3


def test_a_company_is_one_in_every_country(index):
    company = entity(1, "ORG", "أرامكو السعودية", subtype="company")
    add(index, article(company, country="SA"), article(company, country="US"))
    assert listed(index) == [("أرامكو السعودية", 2)]


def test_the_fullest_name_stays_and_every_form_has_its_reason(index):
    add(
        index,
        article(entity(1, "PER", "محمد المنفي", forms=["المنفي"])),
        article(entity(1, "PER", "محمد يونس المنفي")),
    )
    (found,) = index.entities()
    assert found.name == "محمد يونس المنفي"
    explained = index.explain(found.id)
    assert "المنفي: short form" in explained
    assert "محمد يونس المنفي: longer form with names left out" in explained


def test_an_article_of_the_same_id_is_replaced(index):
    index.add(article(entity(1, "PER", "سمير حداد")), id="a")
    index.add(article(entity(1, "PER", "هدى العلي")), id="a")
    assert listed(index) == [("هدى العلي", 1)]
    assert index.search("حداد") == []
    assert index.remove("a")
    assert not index.remove("a")
    assert index.info().entities == 0


def test_days_and_periods(index):
    person = entity(1, "PER", "هدى العلي", times=2)
    for number, date in enumerate(["2025-05-01", "2025-05-01T10:00", "2025-05-03", None]):
        index.add(article(person), id=str(number), date=date)
    (found,) = index.entities()
    assert (found.articles, found.mentions) == (4, 8)
    assert index.daily(found.id) == [Day(None, 1, 2), Day("2025-05-01", 2, 4), Day("2025-05-03", 1, 2)]
    assert index.daily(found.id, since="2025-05-02") == [Day("2025-05-03", 1, 2)]
    assert index.entities(until="2025-05-01")[0].articles == 2
    assert index.entities(since="2026-01-01") == []


@pytest.mark.parametrize("query", ["المنفي", "المنف", "محمد المنفى", "يونس محمد", "مُحَمَّد"])
def test_search_in_any_spelling(index, query):
    add(index, article(entity(1, "PER", "محمد يونس المنفي"), entity(2, "ORG", "المجلس الرئاسي")))
    assert [e.name for e in index.search(query)] == ["محمد يونس المنفي"]


@pytest.mark.parametrize("name", ["عبد الحميد الدبيبة", "عبدالحميد الدبيبة"])
@pytest.mark.parametrize("query", ["عبد الحميد", "عبدالحميد", "الحميد الدبيبة"])
def test_search_of_names_with_abd(index, name, query):
    add(index, article(entity(1, "PER", name)))
    assert [e.name for e in index.search(query)] == [name]


def test_search_is_safe_and_filtered(index):
    add(index, article(entity(1, "PER", "أحمد علي"), entity(2, "LOC", "علي منجلي")))
    assert index.search('" OR 1=1 --') == []
    assert index.search("") == []
    assert [e.label for e in index.search("علي", "LOC")] == ["LOC"]


def test_company_roles_and_articles(index):
    person = entity(1, "PER", "هدى العلي", roles=["وزيرة الصحة"])
    add(
        index,
        article(person, entity(2, "ORG", "وزارة الصحة"), date="2025-01-01", headline="الأول"),
        article(person, entity(2, "ORG", "وزارة الصحة"), entity(3, "LOC", "سبها"), date="2025-02-01"),
    )
    found = index.search("هدى العلي")[0]
    assert [(e.name, e.articles) for e in index.together(found.id)] == [("وزارة الصحة", 2), ("سبها", 1)]
    (role,) = index.roles(found.id)
    assert (role.text, role.articles, role.first, role.last) == ("وزيرة الصحة", 2, "2025-01-01", "2025-02-01")
    assert [(a.id, a.headline) for a in index.articles(found.id)] == [("a2", None), ("a1", "الأول")]
    assert index.get(found.id) == found
    with pytest.raises(KeyError):
        index.get(99)


def _append(path, day):
    with EntityIndex.open(path) as opened:
        opened.add_many([(f"{day}-{n}", article(entity(1, "PER", "سمير حداد"), date=day)) for n in range(5)])


def test_processes_append_day_by_day(tmp_path):
    path = tmp_path / "news.sqlite"
    for day in ("2025-05-01", "2025-05-02"):
        process = multiprocessing.get_context("spawn").Process(target=_append, args=(path, day))
        process.start()
        process.join()
        assert process.exitcode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["news.sqlite"]
    with EntityIndex.open(path) as opened:
        (found,) = opened.entities()
        assert [day.articles for day in opened.daily(found.id)] == [5, 5]
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT name, count(*) FROM entities JOIN mentions ON entity = id").fetchone() == (
        "سمير حداد",
        10,
    )


def test_the_work_of_an_article_does_not_grow_with_the_archive(index):
    counts = []
    index.connection.set_trace_callback(lambda sql: counts.append(sql) if not sql.startswith("--") else None)
    sizes = []
    for n in range(60):
        counts.clear()
        index.add(article(entity(1, "PER", f"سمير {chr(0x628 + n % 20)}داد{n}"), entity(2, "LOC", "سبها")), id=str(n))
        sizes.append(len(counts))
    assert max(sizes[10:]) <= max(sizes[:10])


def test_other_files_are_refused(tmp_path):
    foreign = tmp_path / "foreign.sqlite"
    sqlite3.connect(foreign).execute("CREATE TABLE t (x)").connection.commit()
    with pytest.raises(InputError, match="another program"):
        EntityIndex.open(foreign)
    text = tmp_path / "text.txt"
    text.write_text("no database, only words " * 100)
    with pytest.raises(InputError, match="is no index"):
        EntityIndex.open(text)
    later = tmp_path / "later.sqlite"
    with EntityIndex.open(later) as opened:
        opened.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="has version 99"):
        EntityIndex.open(later)
    with pytest.raises(InputError, match="takes a str"):
        EntityIndex.open(":memory:").add(article(), id=5)


def test_parquet_holds_the_tables(index, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    add(index, article(entity(1, "PER", "سمير حداد", times=3), date="2025-05-01"), article())
    paths = index.to_parquet(tmp_path / "out")
    tables = {path.stem: parquet.read_table(path).to_pylist() for path in paths}
    assert [r["name"] for r in tables["entities"]] == ["سمير حداد"]
    assert len(tables["mentions"]) == 3
    assert [r["id"] for r in tables["articles"]] == ["a1", "a2"]
    assert tables["roles"] == []
