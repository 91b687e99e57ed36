"""Reading annotated files, and what is said of those that cannot be read."""

from __future__ import annotations

import json

import pytest

from benchmarks.files import DataError, read

TEXT = "زار سامي حداد بغداد. وقال حداد إنه سعيد"
SPANS = {
    "id": "a",
    "text": TEXT,
    "spans": [[4, 13, "per", None, 0, 4], [14, 19, "loc", "city", 1, 14], [26, 30, "per", None, 0, 26]],
    "roles": [[0, 3, 0]],
    "entities": [["per", None, "سامي حداد"], ["loc", "city", "بغداد"]],
}
RECORD = {"id": "a", "per": [["سامي حداد", "حداد"]], "loc": [["city", "بغداد"]], "role": []}


def write(path, *lines):
    path.write_text(
        "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines), encoding="utf-8"
    )
    return path


def test_spans(tmp_path):
    (text,) = read(write(tmp_path / "x.spans.jsonl", SPANS)).texts
    person, place = text.entities
    assert (person.label, person.subtype, person.name) == ("PER", None, "سامي حداد")
    assert person.spans == ((4, 13), (26, 30))
    assert person.forms == {"سامي حداد", "حداد"}
    assert (place.label, place.subtype) == ("LOC", "city")
    assert [(r.start, r.end, r.holder) for r in text.roles] == [(0, 3, 0)]
    assert text.words == 8


def test_articles_take_their_records_from_beside_them(tmp_path):
    write(tmp_path / "dev.records.jsonl", RECORD)
    (text,) = read(write(tmp_path / "dev.articles.jsonl", {"id": "a", "text": TEXT})).texts
    assert [e.spans for e in text.entities] == [((4, 13), (26, 30)), ((14, 19),)]


def test_conll(tmp_path):
    path = write(tmp_path / "x.conll", "\ufeffزار O\nسامي B-PER\n\n\nفي\tx\tO\r\n-DOCSTART- O\n\nبغداد I-LOC\n")
    sentences = read(path).sentences
    assert [(s.words, s.tags, s.document) for s in sentences] == [
        (("زار", "سامي"), ("O", "B-PER"), 0),
        (("في",), ("O",), 0),
        (("بغداد",), ("I-LOC",), 1),
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.conll", "سامي B-PER\nحداد\n", "line 2: expected 'word tag'"),
        ("x.conll", "سامي PERSON\n", "line 1: expected 'word tag'"),
        ("x.spans.jsonl", "{}\n", "line 1: not a record of spans"),
        ("x.spans.jsonl", '{"id": \n', "line 1: not JSON"),
        ("x.spans.jsonl", "[]\n", "line 1: not a JSON object"),
        ("x.articles.jsonl", '{"id": "a", "text": ""}\n', "cannot be read"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path, name, content, message):
    with pytest.raises(DataError, match=message):
        read(write(tmp_path / name, content))


@pytest.mark.parametrize(
    ("record", "message"),
    [({**RECORD, "id": "b"}, "no record of its id"), ({**RECORD, "org": [["party", "زيد"]]}, "زيد")],
)
def test_a_record_that_does_not_fit_is_refused(tmp_path, record, message):
    write(tmp_path / "records.jsonl", record)
    with pytest.raises(DataError, match=message):
        read(write(tmp_path / "articles.jsonl", {"id": "a", "text": TEXT}))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match="nothing"):
        read(tmp_path / "nothing.conll")
