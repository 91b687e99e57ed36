"""How the tables of people, organizations and offices are made from the hand-written and the open ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import FOLDER, REQUIRES_COUNTRY, REQUIRES_SUBTYPE, Knowledge
from arabic_news_ner.text.words import split_words
from training.knowledge_base.build import TABLES, json_bytes, npz_bytes
from training.knowledge_base.import_open import Titles, clean_name
from training.knowledge_base.offices import read_offices
from training.knowledge_base.organizations import of_every_state, pack_organizations, read_organizations
from training.knowledge_base.people import pack_people, read_people, read_terms


@pytest.fixture(scope="module")
def titles():
    return Titles(TABLES)


@pytest.mark.parametrize(
    ("english", "title"),
    [
        ("Minister of Foreign Affairs of Lebanon", "وزير الخارجية"),
        ("Foreign Minister of Somalia", "وزير الخارجية"),
        ("Egyptian Minister of Foreign Affairs", "وزير الخارجية"),
        ("Minister of Finance (Kuwait)", "وزير المالية"),
        ("Minister of State for Social Affairs", "وزير دولة"),
        ("Minister of Silly Walks", "وزير"),
        ("Prime Minister of Iraq", "رئيس الوزراء"),
        ("Deputy Prime Minister of Yemen", "نائب رئيس الوزراء"),
        ("President of Tunisia", "الرئيس"),
        ("President of the Chamber of Deputies of Tunisia", "رئيس البرلمان"),
        ("President of the Republic of Poland", "الرئيس"),
        ("Speaker of the Parliament of Syria", "رئيس البرلمان"),
        ("ambassador to France", "سفير"),
        ("Member of the House of Representatives of Morocco", "نائب"),
        ("member of the Senate of France", "عضو مجلس الشيوخ"),
        ("Governor of the Central Bank of Yemen", "محافظ البنك المركزي"),
        ("First Lord of the Treasury", None),
        ("Keeper of the Seals", None),
    ],
)
def test_english_titles(titles, english, title):
    assert titles.of(english) == title


@pytest.mark.parametrize(
    ("name", "status", "plain"),
    [
        ("محمد العُمري", "exact", "محمد العمري"),
        ("الشيخ صباح خالد الحمد", "exact", "صباح خالد الحمد"),
        ("پرویز گل", "other-script", "برويز غل"),
        ("سعد (سياسي)", "exact", "سعد"),
        ("John Smith", "exact", None),
    ],
)
def test_names_are_cleaned(name, status, plain):
    assert clean_name(name, status) == plain


def test_a_term_is_read():
    assert read_terms("وزير الصحة@TN:2024-01:|سفير@TN::2019", "x") == [
        ("وزير الصحة", "TN", "2024-01", ""),
        ("سفير", "TN", "", "2019"),
    ]
    with pytest.raises(SystemExit, match="no term"):
        read_terms("وزير الصحة TN 2024", "x")


def table(folder: Path, name: str, header: str, *rows: str) -> None:
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def test_a_hand_written_row_joins_the_one_person_of_its_country(tmp_path):
    header = "wikidata\tname\taliases\tstatus\tcountry\tterms\tsources"
    rows = ["Q1\tسالم القماطي\t\tguessed\tLY\tوزير النفط@LY:2012:2014\tanr", "Q2\tسالم القماطي\t\texact\tTN\t\teps"]
    table(tmp_path, "people.tsv", header, *rows)
    table(tmp_path, "leaders.tsv", "id\tname\taliases\tcountry\twikidata\tterms", "salem\tسالم القماطي\t\tLY\t\t")
    table(
        tmp_path, "officials_now.tsv", "id\tname\taliases\tcountry\tterms\twikidata", "salem-jo\tسالم القماطي\t\tJO\t\t"
    )
    people = {row.id: row for row in read_people(tmp_path)}
    assert set(people) == {"salem", "Q2", "salem-jo"}
    assert (people["salem"].wikidata, people["salem"].spelling, len(people["salem"].terms)) == ("Q1", "hand", 1)


def test_every_state_has_its_ministries():
    rows = {row.id: row for row in of_every_state(TABLES)}
    ministry = rows["jo-foreign-ministry"]
    assert ministry.names["وزارة الخارجية الأردنية"] == 0
    assert ministry.names["وزارة الخارجية"] == REQUIRES_SUBTYPE | REQUIRES_COUNTRY
    assert "is-army" not in rows  # Iceland has none


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("المنتخب القمري", "km-national-team"), ("برلمان جزر القمر", "km-parliament"), ("الجيش القمري", "km-army")],
)
def test_the_comoros_have_rows_of_their_own(name, identifier):
    """Their adjective is a common word, so the patterns of all states leave them out."""
    (found,) = Knowledge.load().aliases(split_words(name), "ORG")
    assert found.entry.id == identifier


def test_the_files_of_the_package_are_those_of_the_tables():
    """The tables that need no package of a registry give the shipped bytes."""
    assert (FOLDER / "offices.json").read_bytes() == json_bytes(read_offices(TABLES))
    assert (FOLDER / "organizations.npz").read_bytes() == npz_bytes(pack_organizations(read_organizations(TABLES)))
    people = npz_bytes(pack_people(read_people(TABLES), Lexicon.load()))
    assert (FOLDER / "people.npz").read_bytes() == people


def test_no_name_rests_on_a_doubted_source():
    rows = (TABLES / "people.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows
    assert not any("arwikicats" in row.split("\t")[-1] for row in rows)


def test_namesakes_of_a_marked_name_are_many():
    rows = read_people(TABLES)
    packed = pack_people(rows, Lexicon.load())
    marked = [n for n, row in enumerate(rows) if row.common]
    assert len(marked) > 20
    assert float(np.asarray(packed["namesakes"])[marked].min()) >= 3
