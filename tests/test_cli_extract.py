"""``arabic-news-ner extract``: files and lines in every shape, stopped runs, what a closed or full output does."""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import itertools
import json
import signal
import subprocess
import sys
import threading
import time

import pytest

from arabic_news_ner.cli import main as cli
from arabic_news_ner.types import Article
from tests.conftest import DISPATCH, SPORT

COMMAND = [sys.executable, "-m", "arabic_news_ner"]


class Done:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def records(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(extractor, monkeypatch, tmp_path, capfd):
    """Runs a command in this process, with the extractor of the session."""

    def call(*arguments, data=b""):
        (tmp_path / "stdin").write_bytes(data)
        with open(tmp_path / "stdin", encoding="utf-8") as stdin:
            monkeypatch.setattr(sys, "stdin", stdin)
            monkeypatch.setattr(cli, "_load", lambda args: extractor)
            try:
                status = cli.main(list(map(str, arguments)))
            except SystemExit as stop:
                status = stop.code
        sys.stdout.flush()
        captured = capfd.readouterr()
        return Done(status, captured.out, captured.err)

    return call


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(DISPATCH, encoding="utf-8")
    return path


def lines_of(*records):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def test_a_missing_file_does_not_keep_the_others_from_being_read(run, article, tmp_path):
    done = run("extract", "missing.txt", article, tmp_path)
    assert done.status == 1
    assert [r["file"] for r in done.records] == [str(article)]
    assert "missing.txt: there is no such file" in done.err
    assert f"{tmp_path}: it is a directory; pass its files" in done.err
    assert "Errno" not in done.err


def test_a_missing_file_of_lines_does_not_either(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines_of({"id": 1, "text": SPORT}))
    done = run("extract", "--jsonl", path, "missing.jsonl", path)
    assert done.status == 1
    assert [r["id"] for r in done.records] == [1, 1]
    assert "missing.jsonl: there is no such file" in done.err


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-16-le", "utf-8"])
def test_other_encodings(run, extractor, tmp_path, encoding):
    path = tmp_path / "old.txt"
    path.write_bytes(SPORT.encode(encoding))
    (record,) = run("extract", "--article", "--encoding", encoding, path).records
    assert [e["name"] for e in record["entities"]] == [e.name for e in extractor.extract(SPORT)]
    path.write_bytes(lines_of({"id": 1, "text": SPORT}).decode().encode(encoding))
    (record,) = run("extract", "--jsonl", "--encoding", encoding, path).records
    assert [e["name"] for e in record["entities"]] == [e.name for e in extractor.extract(SPORT)]


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (SPORT.encode("utf-16"), "--encoding utf-16"),
        (SPORT.encode("utf-16-le"), "--encoding utf-16"),
        (SPORT.encode("cp1256"), "--encoding cp1256"),
    ],
)
def test_bytes_that_are_not_utf8_get_the_right_advice(run, tmp_path, content, advice):
    path = tmp_path / "old.txt"
    path.write_bytes(content)
    done = run("extract", path)
    assert done.status == 1
    assert advice in done.err
    done = run("extract", "--jsonl", path)
    assert done.status == 1
    assert advice in done.records[0]["error"]["message"]


def test_a_wrong_encoding_is_named(run, article):
    done = run("extract", "--encoding", "ascii", article)
    assert done.status == 1
    assert "is not in the encoding ascii" in done.err


def test_a_byte_order_mark_in_every_file(run, tmp_path):
    paths = [tmp_path / name for name in ("a.jsonl", "b.jsonl")]
    for path in paths:
        path.write_bytes(b"\xef\xbb\xbf" + lines_of({"id": path.name, "text": SPORT}))
    done = run("extract", "--jsonl", *paths)
    assert (done.status, [r["id"] for r in done.records]) == (0, ["a.jsonl", "b.jsonl"])


def test_the_field_of_the_text(run):
    done = run("extract", "--jsonl", "--field", "body", data=lines_of({"id": 1, "body": SPORT, "text": 5}, {"id": 2}))
    assert done.status == 1
    assert done.records[0]["entities"]
    assert done.records[1]["error"]["message"] == 'no field "body"'


def test_the_text_in_the_record(run, extractor, article):
    done = run("extract", "--jsonl", "--with-text", data=lines_of({"id": 1, "text": SPORT}))
    assert Article.from_dict(done.records[0]).entities == extractor.extract(SPORT).entities
    assert run("extract", "--with-text", article).records[0]["text"] == DISPATCH
    assert "text" not in run("extract", article).records[0]


def test_csv_has_a_row_an_entity(run, extractor, article):
    done = run("extract", "--format", "csv", "--article", article)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    wanted = extractor.extract(DISPATCH)
    assert [(r["entity"], r["name"]) for r in rows] == [(e.id, e.name) for e in wanted]
    assert {r["article"] for r in rows} == {str(article)}
    person = next(r for r in rows if r["name"] == "أنطونيو تاياني")
    assert "وزير الخارجية الإيطالي" in person["roles"].split(" | ")
    assert (person["label"], person["subtype"], person["mentions"]) == ("PER", "", "2")


def test_tsv_of_lines(run, extractor):
    done = run("extract", "--jsonl", "--format", "tsv", data=lines_of({"id": 7, "text": SPORT}, {"id": 8}))
    head, *rows = [line.split("\t") for line in done.out.splitlines()]
    assert all(len(row) == len(head) for row in rows)
    assert [row[4] for row in rows] == [e.name for e in extractor.extract(SPORT)]
    assert {row[0] for row in rows} == {"7"}
    assert done.status == 1
    assert 'line 2: no field "text"' in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--batch-size", "0"], ["--batch-size", "x"], ["--processes", "0"], ["--processes", "-1"], ["--threads", "0"],
        ["--threads", "1.5"], ["--min-score", "2"], ["--min-score", "nan"], ["--encoding", "klingon"],
    ],
)  # fmt: skip
def test_wrong_values_of_options_are_wrong_calls(run, arguments):
    done = run("extract", "--jsonl", *arguments)
    assert done.status == 2
    assert "usage:" in done.err


def test_help_has_examples(run):
    done = run("extract", "--help")
    assert done.status == 0
    assert "--resume -o entities.jsonl" in done.out


@pytest.mark.parametrize("line", [b'{"id": NaN, "text": "x"}', b'{"id": 1e999, "text": "x"}', b'{"id": -Infinity}'])
def test_an_id_that_is_no_number_is_refused(run, line):
    done = run("extract", "--jsonl", data=line)
    assert done.status == 1
    assert "error" in json.loads(done.out, parse_constant=pytest.fail)


def test_closed_standard_streams(run, monkeypatch, capfd):
    monkeypatch.setattr(cli, "_load", lambda args: None)
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(["extract"]) == 1
    assert "standard input is closed; pass a file" in capfd.readouterr().err
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert cli.main(["info"]) == 1
    assert "standard output is closed" in capfd.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full")
def test_a_full_disk_is_reported_in_words(run):
    done = run("extract", "--jsonl", "-o", "/dev/full", data=lines_of({"id": 1, "text": SPORT}))
    assert done.status == 1
    assert "the disk is full" in done.err
    assert "Errno" not in done.err


INPUT = lines_of(*({"id": n, "text": f"زار الوزير رقم {n} بيروت."} for n in range(6)), {"id": 6})


def test_progress_knows_how_many_lines_a_file_has(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(INPUT + b"\n\n")
    assert "7/7" in run("extract", "--jsonl", "--progress", path).err


@pytest.mark.parametrize("kept", [0, 1, 3.5, 6, 7])
def test_resume_goes_on_without_loss_or_repeat(run, tmp_path, kept):
    source, whole, output = (tmp_path / name for name in ("in.jsonl", "whole.jsonl", "out.jsonl"))
    source.write_bytes(INPUT)
    run("extract", "--jsonl", "-o", whole, source)
    lines = whole.read_bytes().splitlines(keepends=True)
    assert len(lines) == 7
    cut = lines[int(kept)][:20] if kept % 1 else b""
    output.write_bytes(b"".join(lines[: int(kept)]) + cut)
    run("extract", "--jsonl", "--resume", "-o", output, source)
    assert output.read_bytes() == whole.read_bytes()


def test_resume_begins_where_there_is_no_output(run, tmp_path):
    assert run("extract", "--jsonl", "--resume", "-o", tmp_path / "new.jsonl", data=INPUT).status == 1
    assert (tmp_path / "new.jsonl").read_bytes().count(b"\n") == 7


def test_resume_refuses_the_output_of_another_input(run, tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_bytes(lines_of({"id": "other"}))
    done = run("extract", "--jsonl", "--resume", "-o", output, data=INPUT)
    assert done.status == 1
    assert "line 1 of the output is not of this input" in done.err
    assert output.read_bytes() == lines_of({"id": "other"})


@pytest.mark.parametrize("arguments", [["--resume"], ["--jsonl", "--resume"], ["--resume", "-o", "x"]])
def test_resume_needs_an_output(run, arguments):
    done = run("extract", *arguments)
    assert done.status == 1
    assert "--resume goes with --jsonl and --output" in done.err


def feed(into, enough):
    """Lines without end, until the program is gone or there are enough."""
    try:
        for n in itertools.takewhile(lambda _: not enough.is_set(), itertools.count()):
            into.write(lines_of({"id": n, "text": SPORT}))
    except BrokenPipeError:
        pass
    finally:
        with contextlib.suppress(BrokenPipeError):
            into.close()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_run_leaves_whole_lines_and_goes_on(run, tmp_path, number, status):
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    options = ["extract", "--jsonl", "--batch-size", "1", "--model", "fast", "-o"]
    # The input has no end, so that the signal meets a run that is at work, however fast the machine is.
    # A shell that runs the tests in the background has them ignore Ctrl-C, which the command would inherit.
    heard = functools.partial(signal.signal, number, signal.SIG_DFL)
    running = subprocess.Popen(
        [*COMMAND, *options, output], stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heard
    )
    enough = threading.Event()
    feeder = threading.Thread(target=feed, args=(running.stdin, enough))
    feeder.start()
    try:
        while not output.exists() or output.stat().st_size == 0:
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(number)
        assert running.wait(60) == status
    finally:
        enough.set()
        running.kill()
        feeder.join()
    said = running.stderr.read().decode()
    running.stderr.close()
    assert "Traceback" not in said
    found = output.read_bytes()
    done = found.count(b"\n")
    assert found.endswith(b"\n")
    assert done > 0
    counted = {done, done - 1}  # it may come between a line and its count
    assert any(f"stopped after {count} lines; go on with --resume" in said for count in counted)
    source.write_bytes(lines_of(*({"id": n, "text": SPORT} for n in range(done + 3))))
    subprocess.run([*COMMAND, *options, output, "--resume", source], check=True)
    assert [json.loads(line)["id"] for line in output.read_bytes().splitlines()] == list(range(done + 3))
