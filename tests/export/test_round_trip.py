"""CoNLL, BRAT, Label Studio, Prodigy: what goes out comes back, and what somebody corrected there comes back corrected."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner.errors import InputError
from arabic_news_ner.export import brat, conll, label_studio, prodigy
from arabic_news_ner.export.build import NameSpan, OfficeSpan, build_article, words_of
from tests.export.conftest import TEXT, held, place, same


def through_conll(pairs):
    return conll.loads(conll.dumps(pairs))


def through_label_studio(pairs):
    return label_studio.loads(label_studio.dumps(pairs))


def through_prodigy(pairs):
    return prodigy.loads(prodigy.dumps(pairs))


def through_brat(pairs):
    return [(key, brat.loads(article.text, brat.dumps(article))) for key, article in pairs]


WAYS = [through_conll, through_label_studio, through_prodigy, through_brat]
way = pytest.mark.parametrize("through", WAYS, ids=lambda f: f.__name__)


@way
def test_what_goes_out_comes_back(through, gold):
    ((key, article),) = through([("مقال 1", gold)])
    assert key == "مقال 1"
    assert same(article, gold)
    assert [e.id for e in article.entities] == [e.id for e in gold.entities]


@way
def test_what_the_model_says_comes_back(through, extractor, dispatch, sport):
    given_articles = [("a", extractor.extract(dispatch)), ("b", extractor.extract(sport))]
    back = through(given_articles)
    assert [key for key, _ in back] == ["a", "b"]
    for (_, article), (_, original) in zip(back, given_articles, strict=True):
        assert same(article, original)
        assert len(held(original)) > 0


@way
def test_an_empty_article_comes_back(through):
    ((_, article),) = through([("1", build_article("لا شيء هنا", [], [], where="x"))])
    assert article.text == "لا شيء هنا"
    assert article.entities == ()


@st.composite
def articles(draw):
    """Any text with disjoint names and roles at any bounds, also inside words and over line breaks."""
    letters = st.sampled_from(list('ابوسلم مِ\n ـ\u200f🇱a1.،"\\%'))
    text = draw(st.text(letters, min_size=1, max_size=40)).strip() or "ا"
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pieces = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b] == text[a:b].strip() != ""]
    names = [
        NameSpan(a, b, draw(st.sampled_from(["PER", "ORG", "LOC"])), f"e{n}") for n, (a, b) in enumerate(pieces, 1)
    ]
    people = [n for n, name in enumerate(names) if name.label == "PER"]
    bounds = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=3, unique=True))
    roles = [
        OfficeSpan(a, b, draw(st.sampled_from([None, *people])))
        for a, b in bounds
        if a < b and text[a:b] == text[a:b].strip() != ""
    ]
    return build_article(text, names, roles, where="x")


@way
@given(article=articles())
def test_any_article_comes_back(through, article):
    ((_, back),) = through([("1", article)])
    assert same(back, article)


def test_words_are_cut_at_the_bounds_of_names(gold):
    words = [w.text for sentence in words_of(gold) for w in sentence]
    assert "رويترز" in words
    assert "ل" in words
    assert "لرويترز" not in words


def test_a_corrected_tag_of_conll(gold):
    lines = conll.dumps([("1", gold)]).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("البلدية\t"))
    lines[at] = lines[at].removesuffix("O") + "B-ORG"
    ((_, article),) = conll.loads("\n".join(lines))
    new = next(e for e in article.organizations if e.name == "البلدية")
    assert [(m.start, m.end) for m in new.mentions] == [place("البلدية")]
    assert new.id not in {e.id for e in gold.entities}


def test_conll_of_other_tools_is_read_by_its_first_and_last_column():
    content = "-DOCSTART- -X- O\n\nزار NN B-VP O\nسامي NN I-NP B-PER\nحداد NN I-NP I-PER\n\nسرت NN I-NP I-LOC\n"
    ((_, article),) = conll.loads(content)
    assert article.text == "زار سامي حداد\nسرت"
    assert [(e.label, e.name) for e in article.entities] == [("PER", "سامي حداد"), ("LOC", "سرت")]


def test_bare_conll_has_words_and_tags_alone(gold):
    rows = [line.split(" ") for line in conll.dumps([("1", gold)], bare=True).split("\n") if line.strip()]
    assert {len(row) for row in rows} == {2}
    assert ["رويترز", "B-ORG"] in rows


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("B-LOC", "X-LOC", 1), "tag is O, B-X or I-X"),
        (lambda text: text.replace("\tB-ROLE\te1\t", "\tB-ROLE\te99\t"), "'e99' is no entity"),
        (lambda text: text.replace("\tB-LOC", "\tB-XYZ", 1), "label 'XYZ'"),
        (lambda text: text.replace("زار\t", "سار\t"), "the word is 'سار'"),
        (lambda text: text.replace("\tO\n", "\n", 1), "columns"),
    ],
)
def test_a_broken_line_of_conll_is_named(change, message, gold):
    content = conll.dumps([("1", gold)])
    assert change(content) != content
    with pytest.raises(InputError, match=message):
        conll.loads(change(content), where="gold.conll")


def test_label_studio_prefers_the_last_annotation_to_the_prediction(gold):
    (task,) = json.loads(label_studio.dumps([("1", gold)]))
    result = task["predictions"][0]["result"]
    city = [r for r in result if r.get("value", {}).get("text") in ("سرت", ["e4"]) or r.get("id") in ("m4",)]
    assert city
    without = [r for r in result if not (r["type"] == "labels" and r["value"]["labels"] == ["LOC"])]
    gone = {r["id"] for r in result if r["type"] == "labels" and r["value"]["labels"] == ["LOC"]}
    corrected = [r for r in without if r.get("id") not in gone]
    task["annotations"] = [{"result": [], "was_cancelled": True}, {"result": corrected, "was_cancelled": False}]
    ((_, article),) = label_studio.loads(json.dumps([task]))
    assert article.places == ()
    assert len(article.people) == 4


def test_label_studio_in_utf16_units_is_read(gold):
    """Old versions counted as JavaScript does; the emoji takes four units and two code points."""
    (task,) = json.loads(label_studio.dumps([("1", gold)]))
    for result in task["predictions"][0]["result"]:
        value = result.get("value")
        if value:
            for end in ("start", "end"):
                value[end] = len(TEXT[: value[end]].encode("utf-16-le")) // 2
    ((_, article),) = label_studio.loads(json.dumps([task]))
    assert same(article, gold)


def test_label_studio_a_relation_drawn_from_the_person_to_the_role(gold):
    (task,) = json.loads(label_studio.dumps([("1", gold)]))
    for result in task["predictions"][0]["result"]:
        if result["type"] == "relation":
            result["from_id"], result["to_id"] = result["to_id"], result["from_id"]
    ((_, article),) = label_studio.loads(json.dumps([task]))
    assert held(article) == held(gold)


def test_label_studio_a_region_of_another_text_is_refused(gold):
    (task,) = json.loads(label_studio.dumps([("1", gold)]))
    task["data"]["text"] = "x" + task["data"]["text"]
    with pytest.raises(InputError, match="task 1: its text has"):
        label_studio.loads(json.dumps([task]))


@pytest.mark.parametrize("content", ["{}", "[{}]", '[{"data": {"text": "x"}}]', "no"])
def test_what_is_no_export_of_label_studio_is_refused(content):
    with pytest.raises(InputError, match="Label Studio"):
        label_studio.loads(content)


def test_prodigy_reads_accepted_tasks_alone(gold):
    lines = [json.loads(line) for line in prodigy.dumps([("a", gold), ("b", gold), ("c", gold)]).splitlines()]
    for task, answer in zip(lines, ("accept", "reject", "ignore"), strict=True):
        task["answer"] = answer
    back = prodigy.loads("\n".join(map(json.dumps, lines)))
    assert [key for key, _ in back] == ["a"]


def test_prodigy_spans_are_whole_tokens(gold):
    (task,) = map(json.loads, prodigy.dumps([("1", gold)]).splitlines())
    for span in task["spans"]:
        assert task["tokens"][span["token_start"]]["start"] == span["start"]
        assert task["tokens"][span["token_end"]]["end"] == span["end"]
    for token in task["tokens"]:
        assert TEXT[token["start"] : token["end"]] == token["text"]


def test_brat_a_folder_there_and_back(tmp_path, gold):
    assert brat.save([("a/1", gold), ("مقال", gold)], tmp_path) == 2
    assert {path.suffix for path in tmp_path.iterdir()} == {".txt", ".ann", ".conf"}
    assert all(path.name.isascii() for path in tmp_path.iterdir())
    back = brat.load(tmp_path)
    assert sorted(key for key, _ in back) == sorted(["a/1", "مقال"])
    assert all(same(article, gold) for _, article in back)


def test_brat_equiv_decides_what_is_one_entity(gold):
    """The annotator takes a mention out of its group, and joins the two of another."""
    lines = brat.dumps(gold).splitlines()
    spans = {line.split("\t")[2]: line.split("\t")[0] for line in lines if line.startswith("T")}
    first = [line.split("\t")[0] for line in lines if line.startswith("T") and line.endswith("\tسالم")]
    kept = [line for line in lines if "Equiv" not in line]
    article = brat.loads(TEXT, "\n".join([*kept, f"*\tEquiv {' '.join(first)}"]))
    assert spans
    assert len([e for e in article.people if "الورفلي" in e.forms or "سالم الورفلي" in e.forms]) == 2
    assert [len(e.mentions) for e in article.people if e.forms == ("سالم",)] == [2]


def test_brat_a_name_over_a_line_break_is_written_in_fragments():
    text = "قال سامي\nحداد"
    article = build_article(text, [NameSpan(4, 13, "PER")], [], where="x")
    line = brat.dumps(article).splitlines()[0]
    assert line == "T1\tPER 4 8;9 13\tسامي حداد"
    assert same(brat.loads(text, brat.dumps(article)), article)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tPER 0 4\tسامي", "the text has"),
        ("T1\tPER 4 8;14 18\tسامي يوما", "leaves out words"),
        ("T1\tPER", "not a line of BRAT"),
        ("T1\tPER 4 99\tسامي حداد يوما", "does not lie in its text"),
        ("T1\tROLE 4 8\tسامي\nR1\tHolder Arg1:T1 Arg2:T7\t", "T7, which is no name"),
    ],
)
def test_a_broken_line_of_brat_is_named(line, message):
    with pytest.raises(InputError, match=message):
        brat.loads("قال سامي حداد يوما", line)


def test_two_ids_of_one_file_name_are_refused(tmp_path, gold):
    with pytest.raises(InputError, match="file name"):
        brat.save([("A", gold), ("a", gold)], tmp_path)


def test_an_entity_of_two_labels_is_refused():
    spans = [NameSpan(0, 4, "PER", "e1"), NameSpan(5, 9, "ORG", "e1")]
    with pytest.raises(InputError, match="ORG and PER"):
        build_article("سامي حداد", spans, [], where="x")


def test_a_role_held_by_an_organization_is_refused():
    with pytest.raises(InputError, match="only a person"):
        build_article("وزير سامي", [NameSpan(5, 9, "ORG")], [OfficeSpan(0, 4, 0)], where="x")
