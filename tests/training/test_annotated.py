"""Records without texts find their texts again, and only these."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys

import pytest

from training.data.annotated import RECORDS, digest

TEXT = "قال وزير النقل الليبي سالم الورفلي في طرابلس إن الميناء مغلق، وعاد الورفلي إلى مصراتة."
RECORD = {
    "id": "a1",
    "source": "outlet",
    "ref": "r1",
    "characters": 60,
    "per": [["سالم الورفلي"]],
    "loc": [["city", "طرابلس"]],
}


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data" / "unlabelled"
    folder.mkdir(parents=True)
    articles = [{"src": "outlet", "ref": "r0", "text": TEXT[::-1]}, {"src": "outlet", "ref": "r1", "text": TEXT}]
    with lzma.open(folder / "news.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    return tmp_path


def run(data, *records):
    (data / "records.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    command = [sys.executable, "-m", "training.data.annotated", "--data", str(data / "data")]
    command += ["--records", str(data / "records.jsonl"), "--output", str(data / "out.jsonl")]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    return report, [json.loads(line) for line in (data / "out.jsonl").read_text("utf-8").splitlines()]


def test_a_record_is_placed_on_the_part_that_was_read(data):
    report, (row,) = run(data, {**RECORD, "sha256": digest(TEXT[:60])})
    assert report == {
        "records": 1,
        "without text": 0,
        "in a development set": 0,
        "words": len(TEXT[:60].split()),
        "mentions": 2,
    }
    assert row["text"] == TEXT[:60]
    assert [(TEXT[s:e], kind, subtype) for s, e, kind, subtype, *_ in row["spans"]] == [
        ("سالم الورفلي", "per", None), ("طرابلس", "loc", "city"),
    ]  # fmt: skip


def test_another_text_or_none_is_counted(data):
    wrong = {**RECORD, "sha256": digest(TEXT)}
    absent = {**RECORD, "id": "a2", "ref": "r9", "sha256": digest(TEXT[:60])}
    report, rows = run(data, wrong, absent)
    assert (report["without text"], rows) == (2, [])


@pytest.mark.parametrize(("copy", "left_out"), [(TEXT + " وقال آخرون غير ذلك.", 1), (" ".join(TEXT.split()[::-1]), 0)])
def test_a_copy_of_a_development_article_is_left_out(data, copy, left_out):
    (data / "data" / "news").mkdir()
    (data / "data" / "news" / "dev2.spans.jsonl").write_text(json.dumps({"text": copy}) + "\n", "utf-8")
    report, rows = run(data, {**RECORD, "sha256": digest(TEXT[:60])})
    assert (report["in a development set"], len(rows)) == (left_out, 1 - left_out)


def test_the_records_of_the_project_hold_no_texts():
    rows = [json.loads(line) for line in RECORDS.read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 1000
    for row in rows:
        assert set(row) <= {"id", "source", "ref", "characters", "sha256", "per", "org", "loc", "role", "not"}
        forms = [form for key in ("per", "org", "loc") for entity in row.get(key, ()) for form in entity]
        assert sum(map(len, forms)) < row["characters"]
