"""The caller's own list: read, found in the text, merged, linked."""

from __future__ import annotations

import json

import pytest

from arabic_news_ner import InputError
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.own_names import OwnName, OwnNames, spelling_variants
from arabic_news_ner.page.header import Header
from arabic_news_ner.pipeline import Resources, run
from arabic_news_ner.tagging.protocol import LABELS, Tagged
from arabic_news_ner.text.words import split_words
from tests.entities.markup import read

ROWS = [
    {"id": "p1", "label": "PER", "names": "حازم النورسي|حازم عبدالله النورسي", "country": "lb", "kb": "list"},
    {"id": "o1", "label": "ORG", "subtype": "company", "names": "المرجان للملاحة|شركة المرجان للملاحة", "kb": "list"},
    {"id": "l1", "label": "LOC", "subtype": "facility", "names": ["ميناء الزهور"], "kb": "list"},
    {"id": "p2", "label": "PER", "names": "نور"},
    {"id": "p3", "label": "PER", "names": "سامر الغرباوي", "country": "JO"},
    {"id": "p4", "label": "PER", "names": "سامر الغرباوي", "country": "SD"},
]
NAMES = OwnNames.load(ROWS)


def entities(marked, names=NAMES, chances=None):
    """The entities of a marked text by name."""
    case = read(marked)
    tagged = Tagged(case.tagged.mentions, case.tagged.roles, chances)
    state = run(case.text, tagged, Header(), Resources(Knowledge.load(), Lexicon.load(), names))
    return {e.name: e for e in state.entities}


def ids(entity):
    return [f"{link.kb}:{link.id}" for link in entity.links]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("وصل حازم النورسي أمس.", "حازم النورسي", "list:p1"),
        ("وصل حازم عبد الله النورسي أمس.", "حازم عبد الله النورسي", "list:p1"),
        ("قال لحازم النورسي ذلك.", "حازم النورسي", "list:p1"),
        ("وبالمرجان للملاحة ثلاث سفن.", "المرجان للملاحة", "list:o1"),
        ("رست السفينة في ميناء الزّهور.", "ميناء الزّهور", "list:l1"),
        ("رست السفينة في ميناء الزهـور.", "ميناء الزهـور", "list:l1"),
    ],
)
def test_names_that_no_tagger_found(text, name, wanted):
    assert ids(entities(text)[name]) == [wanted]


def test_a_common_word_is_no_name():
    assert entities("كان نور الصباح قويا.") == {}


def test_a_word_that_the_tagger_half_took_for_a_name_is_one():
    case = read("قال نور ذلك.")
    chances = [[0.0, 0, 0] for _ in case.text.tokens]
    chances[1][LABELS.index("PER")] = 0.3
    import numpy as np

    found = entities("قال نور ذلك.", chances=np.array(chances, dtype=np.float32))
    assert ids(found["نور"]) == ["own:p2"]


def test_a_longer_mention_of_the_tagger_stays():
    found = entities("قال [PER نور الدين الزيات] ذلك.")
    assert list(found) == ["نور الدين الزيات"]
    assert ids(found["نور الدين الزيات"]) == []


def test_attached_letters_in_a_mention_are_cut():
    assert list(entities("قال [PER لحازم النورسي] ذلك.")) == ["حازم النورسي"]


def test_names_of_one_row_are_one_entity():
    own = OwnNames.load([{"id": "9", "label": "PER", "names": "حازم النورسي|أبو الزبير الصقلي"}])
    found = entities("وصل [PER حازم النورسي]. وغادر [PER أبو الزبير الصقلي].", own)
    (person,) = found.values()
    assert set(person.forms) == {"حازم النورسي", "أبو الزبير الصقلي"}
    assert any("in your list another name of" in reason for _, reason in person.merges)


def test_the_list_gives_the_subtype():
    assert entities("أعلنت [ORG:media المرجان للملاحة] ذلك.")["المرجان للملاحة"].subtype == "company"


def test_the_list_stands_before_the_links_of_the_package():
    own = OwnNames.load([{"id": "7", "label": "PER", "names": "باراك أوباما"}])
    assert ids(entities("التقى [PER باراك أوباما] الوفد.", own)["باراك أوباما"])[:2] == ["own:7", "people:barack-obama"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("زار [PER سامر الغرباوي] العاصمة الأردنية.", ["own:p3"]),
        ("زار [PER سامر الغرباوي] مدينة سودانية.", ["own:p4"]),
        ("زار [PER سامر الغرباوي] المدينة.", []),
        ("زار [PER سامر الغرباوي] الوفدين الأردني والسوداني.", []),
    ],
)
def test_of_namesakes_the_country_decides(text, wanted):
    assert ids(entities(text)["سامر الغرباوي"]) == wanted


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("عبد الله زايد", "عبدالله زايد"),
        ("عبدالرحمن زايد", "عبد الرحمن زايد"),
        ("سالم الدبيبي", "سالم دبيبي"),
        ("سالم دبيبي", "سالم الدبيبي"),
        ("غراتشوف", "جراتشوف"),
        ("جراتشوف", "غراتشوف"),
        ("أحمد الهدّار", "احمد الهدار"),
        ("مصطفى", "مصطفي"),
    ],
)
def test_spelling_variants(name, variant):
    assert split_words(variant) in set(spelling_variants(name, "PER"))


def test_files(tmp_path):
    jsonl = tmp_path / "names.jsonl"
    jsonl.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    tsv = tmp_path / "names.tsv"
    cells = [
        [r["id"], r["label"], r.get("subtype", ""), "|".join(r["names"]) if isinstance(r["names"], list) else r["names"],
         r.get("country", ""), r.get("kb", "")]
        for r in ROWS
    ]  # fmt: skip
    lines = ["\t".join(row) for row in [["id", "label", "subtype", "names", "country", "kb"], *cells]]
    tsv.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    assert OwnNames.load(jsonl).rows == OwnNames.load(str(tsv)).rows == NAMES.rows
    assert NAMES.rows[0] == OwnName("p1", "PER", None, ("حازم النورسي", "حازم عبدالله النورسي"), "LB", "list")


class Frame:
    """What a data frame looks like to the reader."""

    columns = ("id", "label", "names")

    def to_dict(self, orient):
        assert orient == "records"
        return [{"id": 7, "label": "PER", "names": "حازم النورسي", "country": float("nan")}]


def test_a_frame_with_missing_cells():
    assert OwnNames.load(Frame()).rows == (OwnName("7", "PER", None, ("حازم النورسي",)),)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ([{"id": "1", "label": "X", "names": "أحمد"}], "row 1 .* label 'X'"),
        ([{"id": "1", "label": "PER", "names": "أحمد"}, {"label": "PER", "names": "علي"}], "row 2 .* no id"),
        ([{"id": "1", "label": "PER", "names": " | "}], "row 1 .* no name"),
        ([{"id": "1", "label": "ORG", "names": "أحمد", "subtype": "club"}], "subtype 'club'"),
        ([{"id": "1", "label": "PER", "names": "أحمد"}, {"id": "1", "label": "PER", "names": "علي"}], "twice"),
        ([7], "row 1 .* is a int"),
        (7, "names is a int"),
        ({"id": "1"}, "names is a dict"),
        ("names.csv", r"come as \.tsv"),
        ("missing.tsv", "cannot be read"),
    ],
)
def test_errors_say_the_row_and_the_remedy(source, message):
    with pytest.raises(InputError, match=message):
        OwnNames.load(source)


def test_a_text_costs_no_more_with_a_long_list():
    """Look-ups a word do not grow with the list: the longest name that begins with a word bounds them."""
    many = OwnNames(OwnName(str(n), "PER", None, (f"حازم النورسي{n}",)) for n in range(2_000))
    words = split_words("حازم النورسي")
    assert many._longest[words[0]] == 2
    assert many.longest_at(words, words[0], 0) == 0
