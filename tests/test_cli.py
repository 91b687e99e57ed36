"""The command line as a process of its own: bytes in, bytes out, exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from arabic_news_ner import __version__
from arabic_news_ner.cli import info
from tests.conftest import DISPATCH, SPORT


def run(*arguments, data=b"", status=0):
    done = subprocess.run(
        [sys.executable, "-m", "arabic_news_ner", *map(str, arguments)],
        input=data,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == status, done.stderr.decode()
    return done


def records(done):
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_a_file_gives_json_in_a_pipe(tmp_path, extractor):
    path = tmp_path / "article.txt"
    path.write_text(DISPATCH, encoding="utf-8")
    (record,) = records(run("extract", path))
    (article,) = extractor.extract_page(DISPATCH)
    assert [e["name"] for e in record["entities"]] == [e.name for e in article.entities]
    mention = record["entities"][0]["mentions"][0]
    assert DISPATCH[mention["start"] : mention["end"]] == mention["text"]


def test_standard_input_gives_a_table_where_asked():
    out = run("extract", "--format", "table", data=DISPATCH.encode()).stdout.decode("utf-8")
    assert "PEOPLE" in out
    assert "PLACES" in out
    assert "عبد الحميد الدبيبة" in out


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(b"\xef\xbb\xbf" + "باريس: قال ماكرون".encode())
    (record,) = records(run("extract", path))
    starts = [m["start"] for e in record["entities"] for m in e["mentions"]]
    assert min(starts) == 0


def test_jsonl_keeps_the_order_and_reports_bad_lines_in_place():
    lines = [
        json.dumps({"id": 1, "text": DISPATCH}).encode(),
        b"{no json",
        json.dumps({"id": "three"}).encode(),
        b'{"id": 4, "text": "\xc7\xe1"}',
        json.dumps({"id": 5, "text": 5}).encode(),
        b"[1]",
        b"",
        json.dumps({"id": 8, "text": SPORT, "other": 1}).encode(),
        json.dumps({"text": ""}).encode(),
        json.dumps({"id": 10, "text": "زار \ud800 بيروت"}).encode(),
        b"null",
    ]
    done = run("extract", "--jsonl", data=b"\n".join(lines), status=1)
    out = records(done)
    assert [(r.get("id"), r.get("error", {}).get("line")) for r in out] == [
        (1, None), (None, 2), ("three", 3), (None, 4), (5, 5), (None, 6), (8, None), (None, None), (10, None), (None, 11),
    ]  # fmt: skip
    messages = {r["error"]["line"]: r["error"]["message"] for r in out if "error" in r}
    assert messages[3] == 'no field "text"'
    assert messages[4].startswith("not UTF-8: byte 0xc7")
    assert "of type int" in messages[5]
    assert set(out[0]) == {
        "id", "schema", "headline", "date", "source", "agency", "byline", "keywords", "keyword_entities", "entities", "roles",
        "countries",
    }  # fmt: skip
    entity = out[0]["entities"][0]
    assert {"id", "label", "subtype", "name", "salience", "mentions", "roles", "links"} <= set(entity)


def test_jsonl_of_good_lines_succeeds(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text(
        "".join(json.dumps({"id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in enumerate([DISPATCH, SPORT])),
        encoding="utf-8",
    )
    assert [r["id"] for r in records(run("extract", "--jsonl", path))] == [0, 1]


def test_a_file_that_is_not_utf8_names_the_remedy(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("قال".encode("cp1256"))
    done = run("extract", path, status=1)
    assert "is not UTF-8" in done.stderr.decode()
    assert "iconv -f WINDOWS-1256" in done.stderr.decode()


def test_a_missing_file_is_one_line_of_error():
    done = run("extract", "/nowhere/article.txt", status=1)
    assert done.stderr.decode().count("\n") == 1
    assert "/nowhere/article.txt: there is no such file" in done.stderr.decode()


def test_tag_writes_a_tag_for_each_word():
    words = "زار الرئيس إيمانويل ماكرون بيروت .\n\n\nوصل إلى القاهرة\tX\tO\n".replace(" ", "\n", 5)
    done = run("tag", data=words.encode())
    sentences = [s.split("\n") for s in done.stdout.decode("utf-8").strip().split("\n\n")]
    assert [line.split()[0] for line in sentences[0]] == ["زار", "الرئيس", "إيمانويل", "ماكرون", "بيروت", "."]
    assert sentences[0][4] == "بيروت B-LOC"
    assert all(len(line.split()) == 2 for sentence in sentences for line in sentence)


def test_tag_in_the_anercorp_scheme():
    done = run("tag", "--scheme", "anercorp", data="زار\nإيمانويل\nماكرون\nبيروت\n".encode())
    assert "إيمانويل B-PERS\nماكرون I-PERS" in done.stdout.decode("utf-8")


def test_info_names_versions_and_packs():
    info = json.loads(run("info", "--json").stdout)
    assert info["arabic_news_ner"] == __version__
    base = next(p for p in info["packs"] if p["name"] == "base")
    assert base["megabytes"] <= 32
    assert {"news", "anercorp"} <= set(base["heads"])
    text = run("info").stdout.decode("utf-8")
    assert "pack base" in text
    assert "GeoNames, CC BY" in text.replace(" (geonames.org)", "")


def test_info_knows_which_extras_are_installed(monkeypatch):
    written = [
        "numpy>=1",
        "lxml>=5; extra == 'html'",
        "nowhere-to-be-found; python_version >= '3.11' and extra == \"ftm\"",
    ]
    monkeypatch.setattr(info.metadata, "requires", lambda name: written)
    monkeypatch.setattr(info, "_is_installed", lambda package: package == "lxml")
    assert info.extras() == {"ftm": ["nowhere-to-be-found"], "html": []}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("arabic-news-ner ex", {"extract "}),
        ("arabic-news-ner extract --format j", {"json", "jsonld"}),
        ("arabic-news-ner query --toge", {"--together "}),
    ],
)
def test_the_shell_completes(typed, expected, tmp_path):
    pytest.importorskip("argcomplete")
    answer = tmp_path / "answer"
    question = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SHELL": "bash",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": typed,
        "COMP_POINT": str(len(typed)),
    }
    code = "from arabic_news_ner.cli.main import main; main([])"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **question}, check=True, timeout=120)
    assert set(answer.read_text(encoding="utf-8").split("\n")) == expected


def test_a_missing_folder_of_the_output_is_named(tmp_path):
    (tmp_path / "article.txt").write_text(DISPATCH, encoding="utf-8")
    done = run("extract", tmp_path / "article.txt", "-o", tmp_path / "nowhere" / "out.json", status=1)
    assert "nor its folder" in done.stderr.decode("utf-8")


def test_html_read_as_plain_text_is_said():
    page = "<!doctype html><html><body><p>" + DISPATCH + "</p></body></html>"
    done = run("extract", "--article", data=page.encode())
    assert "looks like HTML" in done.stderr.decode("utf-8")


def test_a_reader_that_leaves_is_no_error():
    lines = (json.dumps({"text": SPORT}) + "\n").encode() * 40
    command = f"{sys.executable} -m arabic_news_ner.cli.main extract --jsonl --batch-size 1 | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], input=lines, capture_output=True, timeout=120)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["extrakt"], ["extract", "--format", "xml"]])
def test_a_wrong_call_shows_the_usage(arguments):
    assert b"usage: arabic-news-ner" in run(*arguments, status=2).stderr


PAGE = f"""{DISPATCH}المصدر: صحيفة الساعة 24
كلمات دلالية: عبد الحميد الدبيبة، ليبيا
إقرأ أيضاً:
الأهلي يفوز على الزمالك بهدفين في القاهرة
الأهلي يفوز على الزمالك بهدفين في القاهرة
أخبار ذات صلة{SPORT.split(chr(10), 1)[1]}"""


def names(record):
    return {e["name"] for e in record["entities"]}


def test_a_file_is_a_page_of_articles():
    first, second = records(run("extract", data=PAGE.encode()))
    assert first["headline"] == DISPATCH.split("\n")[0]
    assert (first["source"], first["keywords"]) == ("الساعة 24", ["عبد الحميد الدبيبة", "ليبيا"])
    assert second["headline"] == "الأهلي يفوز على الزمالك بهدفين في القاهرة"
    assert "محمد شريف" in names(second)
    assert "محمد شريف" not in names(first)
    for record in (first, second):
        for entity in record["entities"]:
            assert all(PAGE[m["start"] : m["end"]] == m["text"] for m in entity["mentions"])
    tables = run("extract", "--format", "table", data=PAGE.encode()).stdout.decode("utf-8")
    assert tables.count("PEOPLE") == 2


def test_a_file_is_one_article_where_asked():
    (record,) = records(run("extract", "--article", data=PAGE.encode()))
    assert {"محمد شريف", "عبد الحميد الدبيبة"} <= names(record)


def test_a_record_is_a_page_where_asked():
    (record,) = records(run("extract", "--jsonl", "--page", data=json.dumps({"id": 7, "text": PAGE}).encode()))
    assert record["id"] == 7
    assert [a["headline"] is not None for a in record["articles"]] == [True, True]


def test_a_page_without_arabic_has_no_article():
    done = run("extract", data=b"Only English here, nothing else to read.")
    assert done.stdout == b""
    assert b"no Arabic article" in done.stderr


def test_an_index_is_filled_day_by_day_and_asked(tmp_path):
    path = tmp_path / "news.sqlite"
    days = [("1", DISPATCH, "2025-05-01"), (2, SPORT, "2025-05-02"), ("3", DISPATCH, "2025-05-02")]
    for identifier, text, date in days:
        line = json.dumps({"id": identifier, "text": text, "date": date}, ensure_ascii=False)
        assert run("index", path, data=line.encode()).stdout.startswith(b"1 article added")
    (found,) = records(run("query", path, "عبدالحميد الدبيبه", "--daily", "--articles", "--together", "--json"))
    assert found["name"] == "عبد الحميد الدبيبة"
    assert found["articles"] == 2
    assert [day["date"] for day in found["daily"]] == ["2025-05-01", "2025-05-02"]
    assert {a["id"] for a in found["in"]} == {"1", "3"}
    assert "طرابلس" in {e["name"] for e in found["together"]}
    text = run("query", path, "--label", "LOC", "--top", "1").stdout.decode("utf-8")
    assert text.count("articles") == 1
    again = run("index", path, data=b'{"text": "x"}', status=1)
    assert b'needs an "id"' in again.stderr


def test_a_query_without_a_match_says_so(tmp_path):
    path = tmp_path / "news.sqlite"
    line = json.dumps({"id": "1", "text": DISPATCH, "url": "https://example.org/1"}, ensure_ascii=False)
    run("index", path, data=line.encode())
    (found,) = records(run("query", path, "الدبيبة", "--articles", "--json", "--top", "9" * 30))
    assert found["in"][0]["url"] == "https://example.org/1"
    for arguments in (("زرافة",), ("زرافة", "--json"), ("--since", "2030"), ("",)):
        done = run("query", path, *arguments, status=1)
        assert done.stdout == b""
        assert b"no entity" in done.stderr
    assert run("index", path, "--verify").stdout.endswith(b"no problems\n")


def test_records_before_one_without_an_id_are_indexed(tmp_path):
    path = tmp_path / "news.sqlite"
    lines = [{"id": "1", "text": DISPATCH}, {"id": 2, "text": SPORT}, {"text": SPORT}]
    data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    assert b"record 3 has none as its id" in run("index", path, data=data, status=1).stderr
    (found,) = records(run("query", path, "الدبيبة", "--articles", "--json"))
    assert [a["id"] for a in found["in"]] == ["1"]


def test_a_missing_index_names_the_command(tmp_path):
    assert b"make it with: arabic-news-ner index" in run("query", tmp_path / "none.sqlite", status=1).stderr
