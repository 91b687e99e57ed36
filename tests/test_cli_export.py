"""The command line: formats of other tools out, and what is scored."""

from __future__ import annotations

import json

import pytest

from arabic_news_ner.cli.main import main
from arabic_news_ner.export import brat, conll, label_studio, prodigy
from arabic_news_ner.export.files import read_annotations
from arabic_news_ner.scoring.annotation import from_article
from tests.conftest import DISPATCH, SPORT


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "articles.jsonl"
    records = [{"id": "d1", "text": DISPATCH, "date": "2025-04-28", "url": "https://news.example/1"}, {"text": SPORT}]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return str(path)


def run(capsysbinary, *arguments):
    status = main([*arguments])
    captured = capsysbinary.readouterr()
    return status, captured.out.decode(), captured.err.decode()


def extract(capsysbinary, lines, form, *more):
    status, out, err = run(
        capsysbinary, "extract", "--jsonl", lines, "--model", "fast", "--threads", "1", "--format", form, *more
    )
    assert (status, err) == (0, "")
    return out


READERS = {"conll": conll.loads, "label-studio": label_studio.loads, "prodigy": prodigy.loads}


@pytest.mark.parametrize("form", READERS)
def test_formats_of_annotation_tools(capsysbinary, lines, form, extractor):
    back = READERS[form](extract(capsysbinary, lines, form))
    assert [key for key, _ in back] == ["d1", "2"]
    assert [article.text for _, article in back] == [DISPATCH, SPORT]
    assert all(article.people for _, article in back)


def test_brat_wants_a_folder(capsysbinary, lines, tmp_path):
    status, _, err = run(capsysbinary, "extract", "--jsonl", lines, "--model", "fast", "--format", "brat")
    assert status == 1
    assert "--output FOLDER" in err
    extract(capsysbinary, lines, "brat", "--output", str(tmp_path / "out"))
    assert [key for key, _ in brat.load(tmp_path / "out")] == ["2", "d1"]


def test_jsonld_takes_date_and_address_of_the_line(capsysbinary, lines):
    first, second = map(json.loads, extract(capsysbinary, lines, "jsonld").splitlines())
    assert (first["url"], first["datePublished"], first["identifier"]) == ("https://news.example/1", "2025-04-28", "d1")
    assert "url" not in second


def test_a_page_of_a_file_is_named_by_the_file(capsysbinary, tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(DISPATCH, encoding="utf-8")
    status, out, _ = run(capsysbinary, "extract", str(path), "--model", "fast", "--format", "conll")
    assert status == 0
    assert [key for key, _ in conll.loads(out)] == [str(path)]


def test_entries_of_a_feed(capsysbinary, tmp_path):
    pytest.importorskip("lxml_html_clean")
    pytest.importorskip("trafilatura")
    from tests.page.test_feeds import RSS

    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    status, out, _ = run(capsysbinary, "extract", "--feed", str(path), "--model", "fast", "--format", "jsonld")
    first, second = map(json.loads, out.splitlines())
    assert status == 0
    assert (first["identifier"], first["url"]) == ("wasat-1", "https://alwasat.example/1")
    assert second["identifier"].endswith("feed.xml#2")


def test_bad_lines_are_reported_and_the_rest_is_written(capsysbinary, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "a", "text": "قال سامي حداد"}\nno\n{"id": "b", "text": "نص"}\n', encoding="utf-8")
    status, out, err = run(capsysbinary, "extract", "--jsonl", str(path), "--model", "fast", "--format", "prodigy")
    assert status == 1
    assert "line 2" in err
    assert [json.loads(line)["meta"]["id"] for line in out.splitlines()] == ["a", "b"]


def test_output_without_a_format_is_json(capsysbinary, lines, tmp_path):
    path = tmp_path / "out.jsonl"
    status, out, _ = run(capsysbinary, "extract", "--jsonl", lines, "--output", str(path))
    assert (status, out) == (0, type(out)())
    assert all("entities" in json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def test_output_to_a_file(capsysbinary, lines, tmp_path):
    path = tmp_path / "out.conll"
    assert extract(capsysbinary, lines, "conll", "--output", str(path)) == ""
    assert [key for key, _ in conll.loads(path.read_text(encoding="utf-8"))] == ["d1", "2"]


@pytest.fixture
def annotated(tmp_path, extractor):
    """The same two articles in every format that is read, and as JSON of the library."""
    articles = [("d1", extractor.extract(DISPATCH)), ("s1", extractor.extract(SPORT))]
    files = {
        "conll": (tmp_path / "gold.conll", conll.dumps(articles)),
        "label-studio": (tmp_path / "gold.json", label_studio.dumps(articles, gold=True)),
        "prodigy": (tmp_path / "gold.jsonl", prodigy.dumps(articles, gold=True)),
        "json": (
            tmp_path / "own.jsonl",
            "".join(json.dumps({"id": key, **a.to_dict()}, ensure_ascii=False) + "\n" for key, a in articles),
        ),
        "spans": (
            tmp_path / "spans.jsonl",
            "".join(json.dumps(spans_record(key, a), ensure_ascii=False) + "\n" for key, a in articles),
        ),
    }
    for path, content in files.values():
        path.write_text(content, encoding="utf-8")
    brat.save(articles, tmp_path / "brat")
    return {**{form: path for form, (path, _) in files.items()}, "brat": tmp_path / "brat"}, articles


def spans_record(key, article):
    number = {e.id: n for n, e in enumerate(article.entities)}
    roles = [[r.start, r.end, number[e.id]] for e in article.entities for r in e.roles]
    return {
        "id": key,
        "text": article.text,
        "entities": [[e.label, e.subtype, e.name] for e in article.entities],
        "spans": [[m.start, m.end, e.label, e.subtype, number[e.id]] for e in article.entities for m in e.mentions],
        "roles": roles + [[r.start, r.end, None] for r in article.roles],
    }


@pytest.mark.parametrize("form", ["conll", "label-studio", "prodigy", "json", "spans", "brat"])
def test_every_format_is_known_by_itself_and_scores_one_against_the_articles(annotated, form, capsysbinary):
    paths, articles = annotated
    read = read_annotations(paths[form])
    assert [text.mentions for text in read] == [from_article(key, a).mentions for key, a in articles]
    status, out, _ = run(capsysbinary, "score", str(paths["json"]), str(paths[form]), "--json")
    assert status == 0
    scores = json.loads(out)["scores"]
    assert {s["f1"] for kinds in scores.values() for s in kinds.values()} == {100.0}
    assert {"mentions", "entity list", "roles"} <= scores.keys()


def test_a_correction_lowers_the_figures_that_it_concerns(annotated, capsysbinary):
    paths, _ = annotated
    tasks = [json.loads(line) for line in paths["prodigy"].read_text(encoding="utf-8").splitlines()]
    relation = tasks[0]["relations"].pop()
    paths["prodigy"].write_text("\n".join(map(json.dumps, tasks)), encoding="utf-8")
    assert relation["label"] == "holder"
    status, out, _ = run(capsysbinary, "score", str(paths["prodigy"]), str(paths["json"]), "--json")
    scores = json.loads(out)["scores"]
    assert status == 0
    assert scores["mentions"]["all"]["f1"] == scores["roles"]["spans"]["f1"] == 100
    assert scores["roles"]["attached"]["f1"] < 100


def test_without_a_file_the_model_is_scored(annotated, capsysbinary):
    paths, _ = annotated
    status, out, _ = run(capsysbinary, "score", str(paths["conll"]), "--model", "base", "--threads", "2")
    assert status == 0
    figures = {line[:38].strip(): line[38:].split() for line in out.splitlines()[3:]}
    assert figures["mentions"][:3] == ["100.00", "100.00", "100.00"]
    assert figures["roles, attached"][2] == "100.00"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: lines[:1], "it lacks 's1'"),
        (lambda lines: [*lines, lines[0].replace('"id": "d1"', '"id": "x9"')], "only it has 'x9'"),
        (lambda lines: [*lines, lines[0]], "the id 'd1' twice"),
        (lambda lines: [lines[0], lines[1].replace('"text": "', '"text": "!', 1)], "the text 's1'"),
    ],
)
def test_texts_that_are_not_the_same_are_refused(annotated, capsysbinary, tmp_path, change, message):
    paths, articles = annotated
    plain = [json.dumps({"id": key, "text": a.text, "entities": []}, ensure_ascii=False) for key, a in articles]
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join(change(plain)), encoding="utf-8")
    status, _, err = run(capsysbinary, "score", str(paths["json"]), str(other))
    assert status == 1
    assert message in err


@pytest.mark.parametrize(
    ("content", "message"),
    [('{"title": "x"}', "of no known format"), ("{no", "its first line is none"), ("", "no annotated text")],
)
def test_a_file_of_no_known_format(tmp_path, capsysbinary, content, message):
    path = tmp_path / "x.jsonl"
    path.write_text(content, encoding="utf-8")
    status, _, err = run(capsysbinary, "score", str(path))
    assert status == 1
    assert message in err


def test_a_file_that_is_not_there(capsysbinary):
    status, _, err = run(capsysbinary, "score", "nothing.conll")
    assert status == 1
    assert "there is no file or folder 'nothing.conll'" in err
