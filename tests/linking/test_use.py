"""What the links are for: a visit with everybody known, and one person in ten articles under five spellings."""

from __future__ import annotations

from arabic_news_ner.archive import EntityIndex
from arabic_news_ner.page.header import Header
from arabic_news_ner.pipeline import Resources, run, to_article
from tests.entities.markup import read

#: Five spellings of one person, as the press writes them.
SPELLINGS = (
    "{وزير الخارجية المصري} [PER بدر عبد العاطي]",
    "{وزير الخارجية المصري} [PER بدر عبدالعاطي]",
    "{وزير خارجية [LOC:country مصر]} [PER بدر عبد العاطى]",
    "{وزير الخارجية المصري} [PER عبد العاطي]",
    "{وزير الخارجية المصري} [PER بَدر عبد العاطي]",
)


def read_article(marked):
    case = read(marked)
    return to_article(run(case.text, case.tagged, Header(), Resources.load()))


def ids(entity):
    return {link.kb: link.id for link in entity.links}


def test_a_visit():
    article = read_article(
        "وصل {وزير الخارجية الأردني} [PER أيمن الصفدي] إلى [LOC:city القاهرة] والتقى مسؤولين في "
        "[ORG:government وزارة الخارجية المصرية]."
    )
    (minister,) = article.people
    assert ids(minister)["wikidata"] == "Q28336737"
    (role,) = minister.roles
    assert (role.title, role.kind, role.country) == ("وزير الخارجية", "office", "JO")
    (ministry,) = article.organizations
    assert ids(ministry) == {"organizations": "egyptian-foreign-ministry"}
    (city,) = article.places
    assert (city.links[0].lat, city.links[0].lon) != (None, None)
    assert [parent.id for parent in city.links[0].parents][-1] == "EG"


def test_one_person_in_ten_articles_under_five_spellings_is_one_entry():
    with EntityIndex.open(":memory:") as index:
        for number in range(10):
            article = read_article(f"قال {SPELLINGS[number % 5]} إن المحادثات مستمرة.")
            assert ids(article.people[0]).get("people") == "badr-abdelatty", SPELLINGS[number % 5]
            index.add(article, id=f"a{number}")
        (person,) = index.entities("PER")
    assert person.articles == 10
