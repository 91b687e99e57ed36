"""What a question costs does not grow with the archive: counted in steps of SQLite's virtual machine."""

from __future__ import annotations

import pytest

from arabic_news_ner import Article, Entity, InputError, Mention
from arabic_news_ner.archive import EntityIndex
from arabic_news_ner.archive import index as module

FAMILY = [f"{a}{b}{c}ي" for a in "بتجدرس" for b in "امنل" for c in "طعفق"]


def article(number, people):
    entities = tuple(
        Entity(f"e{n}", "PER", None, name, (Mention(n * 100, n * 100 + 1, name, 0.9),), salience=0.5)
        for n, name in enumerate(people)
    )
    return Article(
        "", entities=entities, date=f"20{number // 336 + 10:02}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
    )


def archive(size):
    """``سالم حداد`` is in every article, with one of 96 others."""
    opened = EntityIndex.open(":memory:")
    opened.add_many((str(n), article(n, ["سالم حداد", f"هدى {FAMILY[n % 96]}"])) for n in range(size))
    return opened


@pytest.fixture(scope="module")
def archives():
    both = archive(200), archive(1600)
    yield both
    for opened in both:
        opened.close()


def steps(index, question):
    """The steps of SQLite's virtual machine, in hundreds."""
    count = 0

    def counted():
        nonlocal count
        count += 1

    index.connection.set_progress_handler(counted, 100)
    try:
        question(index)
    finally:
        index.connection.set_progress_handler(None, 0)
    return count


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("search", lambda index: index.search("سالم حداد")),
        ("search, an unfinished word", lambda index: index.search("حد")),
        ("search, a given name", lambda index: index.search("هدى", "PER")),
        ("search, another spelling", lambda index: index.search("صالم حداد")),
        ("get", lambda index: index.get(1)),
        ("top", lambda index: index.entities("PER", limit=10)),
        ("top by mentions", lambda index: index.entities(order="mentions", limit=10)),
        ("top of a month", lambda index: index.entities(since="2010-03", until="2010-03")),
        ("newest articles", lambda index: index.articles(1, limit=20)),
        ("a month of days", lambda index: index.daily(1, since="2010-03", until="2010-03")),
        ("together in a month", lambda index: index.together(1, since="2010-03", until="2010-03")),
        ("explain", lambda index: index.explain(1)),
    ],
)
def test_the_work_of_a_question_does_not_grow_with_the_archive(archives, name, question):
    small, large = archives
    assert steps(large, question) <= 1.2 * steps(small, question) + 3


@pytest.mark.parametrize("question", [lambda index: index.daily(1), lambda index: index.together(1, limit=5)])
def test_the_work_over_all_articles_of_an_entity_grows_as_they_do(archives, question):
    small, large = archives
    assert steps(large, question) <= 8.8 * steps(small, question) + 3


def test_of_a_word_that_many_forms_have_few_are_ranked(archives, monkeypatch):
    monkeypatch.setattr(module, "_MOST_RANKED", 10)
    monkeypatch.setattr(module, "_MOST_FREQUENT", 20)
    with EntityIndex.open(":memory:") as index:
        index.add_many((f"a{n}", article(n, [f"هدى {name}"])) for n, name in enumerate(FAMILY))
        index.add_many((f"b{n}", article(n, [f"هدى {FAMILY[-1]}"])) for n in range(3))
        index.add_many((f"c{n}", article(n, ["سالم حداد"])) for n in range(5))
        found = index.search("هد", limit=50)
    assert (found[0].name, found[0].articles) == (f"هدى {FAMILY[-1]}", 4)
    assert 10 <= len(found) <= 30
    assert "سالم حداد" not in {entity.name for entity in found}


def test_numbers_of_a_search_are_those_of_the_whole_archive(archives):
    _, large = archives
    (found,) = large.search("سالم حداد")
    assert (found.articles, found.mentions) == (1600, 1600)
    assert large.verify() == []


def test_together_within_days(archives):
    small, _ = archives
    all_days = small.together(1, limit=200)
    assert sum(entity.articles for entity in all_days) == 200
    month = small.together(1, since="2010-02", until="2010-02", limit=200)
    assert sum(entity.articles for entity in month) == 28
    with pytest.raises(InputError, match="since is 'May'"):
        small.together(1, since="May")


def test_the_newest_articles_come_first_and_replacing_one_moves_it():
    with EntityIndex.open(":memory:") as index:
        for n in range(5):
            index.add(article(n, ["سالم حداد"]), id=str(n))
        index.add(article(9, ["سالم حداد"]), id="0")
        assert [a.id for a in index.articles(1)] == ["0", "4", "3", "2", "1"]
        assert [a.id for a in index.articles(1, limit=2)] == ["0", "4"]
        assert index.remove("4")
        assert [a.date for a in index.articles(1, limit=2)] == ["2010-01-10", "2010-01-04"]
        assert index.verify() == []
