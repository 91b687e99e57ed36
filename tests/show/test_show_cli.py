"""``arabic-news-ner show`` and ``compare``."""

from __future__ import annotations

import json
import re

import pytest

from arabic_news_ner.cli.main import main
from tests.show.articles import ARTICLE, TEXT
from tests.show.test_html import View


@pytest.fixture
def out(tmp_path):
    return tmp_path / "view.html"


def lines(path, *records):
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return str(path)


def test_a_file_is_shown(tmp_path, out, dispatch):
    (tmp_path / "article.txt").write_text(dispatch, encoding="utf-8")
    assert main(["show", str(tmp_path / "article.txt"), "-o", str(out), "--threads", "1"]) == 0
    seen = View(out.read_text(encoding="utf-8"))
    assert seen.text == dispatch
    assert {kind for _, _, kind in seen.marks} == {"ann-per", "ann-org", "ann-loc"}
    assert [p.name for p in tmp_path.iterdir() if "unfinished" in p.name] == []


def test_a_page_of_html_is_taken_apart(tmp_path, out):
    pytest.importorskip("lxml_html_clean")
    story = "افتتح وزير الثقافة ناصر الغرابلي معرض الكتاب في بنغازي، بحضور عدد كبير من الناشرين والكتّاب. " * 4
    page = (
        f"<html><head><title>x</title></head><body><article><h1>افتتاح معرض</h1><p>{story}</p></article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert main(["show", str(tmp_path / "page.html"), "-o", str(out)]) == 0
    seen = View(out.read_text(encoding="utf-8"))
    assert "ناصر الغرابلي" in seen.text
    assert "<p>" not in seen.text


def test_records_are_shown_without_a_model(tmp_path, out, monkeypatch):
    import arabic_news_ner.extractor as extractor

    monkeypatch.setattr(extractor.Extractor, "load", lambda *a, **k: pytest.fail("a model was loaded"))
    source = lines(tmp_path / "records.jsonl", {"id": "n-1", **ARTICLE.to_dict()}, {"id": "n-2", **ARTICLE.to_dict()})
    assert main(["show", source, "-o", str(out), "--language", "ar", "--title", "أخبار"]) == 0
    page = out.read_text(encoding="utf-8")
    seen = View(page)
    assert seen.text == TEXT * 2
    assert sorted(seen.marks)[: len(seen.marks) // 2] == sorted(
        (m.start, m.end, f"ann-{e.label.lower()}") for m, e in ARTICLE.mentions()
    )
    assert [f["lang"] for f in seen.all("html")] == ["ar"]
    assert "<title>أخبار</title>" in page


def test_records_of_pages_are_shown_article_by_article(tmp_path, out, capsys, monkeypatch):
    import arabic_news_ner.extractor as extractor

    monkeypatch.setattr(extractor.Extractor, "load", lambda *a, **k: pytest.fail("a model was loaded"))
    part = ARTICLE.to_dict()
    without = {name: value for name, value in part.items() if name != "text"}
    source = lines(
        tmp_path / "pages.jsonl",
        {"id": "p-1", "articles": [part, part]},
        {"id": "p-2", "url": "https://news.example/2", "articles": [part]},
        {"id": "p-3", "articles": []},
        {"id": "p-4", "articles": [without]},
        {"id": "p-5", "articles": "none"},
    )
    assert main(["show", source, "-o", str(out)]) == 1
    page = out.read_text(encoding="utf-8")
    assert View(page).text == TEXT * 3
    assert all(name in page for name in ("p-1 1", "p-1 2", "p-2"))
    errors = capsys.readouterr().err
    assert "p-3: no Arabic article found" in errors
    assert "p-4: the record has no text" in errors
    assert "--with-text" in errors
    assert 'line 5: no field "text"' in errors


def test_what_extract_writes_of_pages_is_shown(tmp_path, out, dispatch):
    source = lines(tmp_path / "in.jsonl", {"id": "p", "text": dispatch})
    written = tmp_path / "entities.jsonl"
    assert main(["extract", "--page", "--jsonl", "--with-text", "-o", str(written), source]) == 0
    assert main(["show", str(written), "-o", str(out)]) == 0
    assert View(out.read_text(encoding="utf-8")).text.strip()


def test_what_cannot_be_read_is_named_and_the_rest_is_shown(tmp_path, out, capsys):
    good = lines(tmp_path / "good.jsonl", {"id": 1, **ARTICLE.to_dict()}, {"id": 2}, {"id": 3, "text": 4})
    (tmp_path / "old.txt").write_bytes("سالم".encode("cp1256"))
    assert main(["show", str(tmp_path / "missing.txt"), str(tmp_path / "old.txt"), good, "-o", str(out)]) == 1
    errors = capsys.readouterr().err
    assert "missing.txt: there is no such file" in errors
    assert "old.txt is not UTF-8" in errors
    assert 'line 2: no field "text"' in errors
    assert "line 3" in errors
    assert View(out.read_text(encoding="utf-8")).text == TEXT


def test_other_encodings_and_fields(tmp_path, out):
    (tmp_path / "old.jsonl").write_bytes(json.dumps({"body": "زار سالم بيروت"}, ensure_ascii=False).encode("cp1256"))
    assert main(["show", str(tmp_path / "old.jsonl"), "--encoding", "cp1256", "--field", "body", "-o", str(out)]) == 0
    assert View(out.read_text(encoding="utf-8")).text == "زار سالم بيروت"


def test_nothing_to_show_writes_nothing(tmp_path, out, capsys):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert main(["show", str(tmp_path / "empty.txt"), "-o", str(out)]) == 1
    assert "nothing is written" in capsys.readouterr().err
    assert not out.exists()


def test_to_standard_output(tmp_path, capfdbinary):
    source = lines(tmp_path / "records.jsonl", ARTICLE.to_dict())
    assert main(["show", source, "-o", "-"]) == 0
    assert View(capfdbinary.readouterr().out.decode()).text == TEXT


def test_two_models_are_compared(tmp_path, out, dispatch, capsys):
    source = lines(tmp_path / "texts.jsonl", {"text": dispatch})
    assert main(["compare", source, "-o", str(out), "--threads", "1"]) == 0
    page = out.read_text(encoding="utf-8")
    assert View(page).text == dispatch * 2
    assert "<title>base / fast</title>" in page
    assert re.search(r"1 text: \d+ mentions the same", capsys.readouterr().err)


def test_an_annotation_is_compared(tmp_path, out, dispatch):
    start = dispatch.index("عبد الحميد الدبيبة")
    record = {"id": "g", "text": dispatch, "spans": [[start, start + 18, "per", None], [0, 4, "org"]]}
    assert main(["compare", "--gold", lines(tmp_path / "gold.jsonl", record), "-o", str(out)]) == 0
    seen = View(out.read_text(encoding="utf-8"))
    assert (start, start + 18, "ann-per") in seen.marks
    assert (0, 4, "ann-org") in seen.marks


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--gold", "--models", "base", "fast"], "pass --model instead"),
        (["--gold"], 'no annotation: a record has "spans"'),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path, out, capsys, arguments, message):
    source = lines(tmp_path / "texts.jsonl", {"id": "x", "text": "سالم هنا"})
    assert main(["compare", source, "-o", str(out), *arguments]) == 1
    assert message in capsys.readouterr().err
    assert not out.exists()
