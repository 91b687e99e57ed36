"""Processes: forks of a loaded extractor, worker processes that die, errors on their way through a pipe, nothing left over."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import pkgutil
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

import pytest

import arabic_news_ner
from arabic_news_ner import Extractor, InputError, MissingExtraError, WorkerError
from arabic_news_ner._pool import pack, portable, read_in_processes, unpack
from arabic_news_ner.errors import ArabicNewsNerError
from tests.conftest import DISPATCH, SPORT
from tests.fickle import TEXTS, Fickle

#: More than one window, so that the threads of the parent have run.
LONG = DISPATCH * 12
METHODS = [m for m in ("fork", "forkserver", "spawn") if m in multiprocessing.get_all_start_methods()]


def read_again(extractor, text, pipe):
    pipe.send([(e.label, e.name) for e in extractor.extract(text)])


@pytest.mark.parametrize("text", [SPORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("method", METHODS)
def test_a_child_reads_as_its_parent_does(extractor, method, text):
    wanted = [(e.label, e.name) for e in extractor.extract(text)]
    context = multiprocessing.get_context(method)
    ours, theirs = context.Pipe()
    child = context.Process(target=read_again, args=(extractor, text, theirs))
    child.start()
    assert ours.poll(60), "the child hangs"
    assert ours.recv() == wanted
    child.join(30)
    assert child.exitcode == 0


@pytest.mark.skipif("fork" not in METHODS, reason="no fork here")
def test_a_fork_while_other_threads_read(extractor):
    """Whatever lock a thread of the parent holds at that moment, the child reads."""
    stop = threading.Event()

    def busy():
        while not stop.is_set():
            extractor.extract(LONG)

    threads = [threading.Thread(target=busy) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(2):
            test_a_child_reads_as_its_parent_does(extractor, "fork", LONG)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_pool_of_the_caller_forks_safely(extractor):
    wanted = extractor.extract(LONG)
    with multiprocessing.get_context(METHODS[0]).Pool(2) as pool:
        assert pool.apply_async(extractor.extract, (LONG,)).get(60) == wanted


def all_errors():
    for module in pkgutil.walk_packages(arabic_news_ner.__path__, "arabic_news_ner."):
        if "integrations" not in module.name:  # these import the packages that they serve
            import_module(module.name)
    found = [ArabicNewsNerError]
    for error in found:
        found += [sub for sub in error.__subclasses__() if sub.__module__.startswith("arabic_news_ner")]
    return found


#: What the errors with a signature of their own are made of.
MADE = {"MissingExtraError": ("reading HTML", "trafilatura", "html"), "RecordError": (3, "no field", {"id": 7})}


def test_every_error_of_the_package_pickles():
    errors = all_errors()
    assert {e.__name__ for e in errors} >= {"InputError", "ModelError", "WorkerError", "RecordError", *MADE}
    for cls in errors:
        error = cls(*MADE.get(cls.__name__, ("what was wrong",)))
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), vars(again)) == (cls, str(error), vars(error))


def test_an_error_that_does_not_pickle_arrives_as_what_it_says():
    class Local(Exception):
        pass

    arrived = portable(Local("odd"))
    assert isinstance(arrived, WorkerError)
    assert str(arrived) == "Local: odd"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ImportError("No module named 'acme'", name="acme"), r"'acme', which is not installed. .*\[x\]'"),
        (ImportError("No module named 'acme.sub'", name="acme.sub"), "which is not installed"),
        (ImportError("No module named 'other'", name="other"), "which is not installed"),
    ],
)
def test_a_package_that_is_not_there(error, message):
    with pytest.raises(MissingExtraError, match=message):
        raise MissingExtraError.because(error, "reading", "acme", "x")


def test_a_package_that_is_there_and_cannot_be_imported():
    error = ImportError("No module named 'lxml_html_clean'", name="lxml_html_clean")
    found = MissingExtraError.because(error, "reading", "numpy", "x")
    assert "installed but cannot be imported (No module named 'lxml_html_clean')" in str(found)


def test_an_article_goes_through_a_pipe_and_comes_out_equal(extractor):
    for text in (LONG, SPORT, ""):
        article = extractor.extract(text)
        assert unpack(text, pickle.loads(pickle.dumps(pack(article)))) == article


@pytest.fixture
def fickle(tmp_path):
    return Extractor(Fickle(tmp_path))


def first_names(results):
    return [next(iter(r)).name if isinstance(r, arabic_news_ner.Article) else type(r).__name__ for r in results]


def test_texts_of_a_worker_that_was_killed_are_read_again(fickle):
    texts = [*TEXTS, "سمير مات مرة"]
    assert first_names(fickle.pipe(texts, processes=2, batch_size=3)) == [
        "سمير",
        "كريم",
        "نبيل",
        "وليد",
        "حسان",
        "سمير",
    ]


def test_a_text_that_kills_its_worker_is_reported_with_its_position(fickle):
    texts = [*TEXTS[:2], "سمير يموت", *TEXTS[2:]]
    found = list(fickle.pipe(texts, processes=2, batch_size=4, errors="return"))
    assert first_names(found) == ["سمير", "كريم", "WorkerError", "نبيل", "وليد", "حسان"]
    assert str(found[2]).startswith("text 2 of the stream: a worker process ended twice")
    assert "SIGKILL" in str(found[2])


def test_results_before_an_error_come_out_first(fickle):
    results = fickle.pipe([*TEXTS, "سمير يموت"], processes=2, batch_size=2)
    assert first_names(next(results) for _ in range(5)) == ["سمير", "كريم", "نبيل", "وليد", "حسان"]
    with pytest.raises(WorkerError, match="text 5 of the stream"):
        next(results)


@pytest.mark.parametrize("processes", [1, 2])
def test_an_input_that_raises_loses_nothing_before_it(fickle, processes):
    def source():
        yield from TEXTS
        raise OSError("the disk is gone")

    got = []
    with pytest.raises(OSError, match="the disk is gone"):
        got.extend(fickle.pipe(source(), processes=processes, batch_size=64))
    assert first_names(got) == ["سمير", "كريم", "نبيل", "وليد", "حسان"]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("errors", "wanted"),
    [("skip", ["سمير", "كريم", "نبيل"]), ("return", ["سمير", "InputError", "كريم", "ZeroDivisionError", "نبيل"])],
)
def test_what_cannot_be_read_is_skipped_or_returned(fickle, processes, errors, wanted, caplog):
    texts = [TEXTS[0], None, TEXTS[1], "يخطئ هنا", TEXTS[2]]
    assert first_names(fickle.pipe(texts, processes=processes, errors=errors)) == wanted
    assert len(caplog.records) == (2 if errors == "skip" else 0)


@pytest.mark.parametrize("processes", [1, 2])
def test_keys_stay_with_their_texts(fickle, processes):
    pairs = [("a", TEXTS[0]), ("b", 5), ["c", TEXTS[1]], "no pair", (None, TEXTS[2])]
    found = list(fickle.pipe(pairs, as_tuples=True, errors="return", processes=processes))
    assert [key for key, _ in found] == ["a", "b", "c", None, None]
    assert first_names(r for _, r in found) == ["سمير", "InputError", "كريم", "InputError", "نبيل"]
    assert "as_tuples=True takes (key, text) pairs" in str(found[3][1])
    assert [key for key, _ in fickle.pipe(pairs, as_tuples=True, errors="skip", processes=processes)] == [
        "a",
        "c",
        None,
    ]


def test_a_wrong_errors_is_refused(fickle):
    with pytest.raises(InputError, match="errors is 'ignore'"):
        fickle.pipe(TEXTS, errors="ignore")


class Unloadable:
    def __call__(self, texts):
        return []

    def __reduce__(self):
        return fail, ()


def fail():
    raise FileNotFoundError("the pack is gone")


def test_a_worker_that_cannot_load_says_why():
    with pytest.raises(WorkerError, match="the pack is gone"):
        list(read_in_processes([["نص"]], Unloadable(), 2))


def children():
    """The living child processes of this one, by their ids."""
    return {p.pid for p in multiprocessing.active_children()}


def test_a_stream_that_is_left_leaves_no_worker(fickle):
    before = children()
    results = fickle.pipe(TEXTS * 100, processes=2, batch_size=2)
    next(results)
    assert len(children() - before) == 2
    results.close()
    deadline = time.monotonic() + 30
    while children() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children() - before == set()


def daemon(extractor, pipe):
    try:
        list(extractor.pipe(TEXTS, processes=2))
    except InputError as error:
        pipe.send(str(error))


def test_a_daemonic_process_gets_a_clear_error(fickle):
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=daemon, args=(fickle, theirs), daemon=True)
    child.start()
    assert ours.poll(60)
    assert "use processes=1 inside multiprocessing.Pool" in ours.recv()
    child.join()


SCRIPT = """
import multiprocessing, sys, time
sys.path.insert(0, {root!r})
from tests.fickle import TEXTS, Fickle
from arabic_news_ner import Extractor

def endless():
    while True:
        yield from TEXTS

if __name__ == "__main__":
    results = Extractor(Fickle({folder!r})).pipe(endless(), processes=2, batch_size=2)
    next(results)
    print(*(p.pid for p in multiprocessing.active_children()), flush=True)
    time.sleep(300)
"""


def is_alive(pid):
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_when_their_parent_does(tmp_path, number):
    root = Path(__file__).resolve().parent.parent
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(root=str(root), folder=str(tmp_path)), encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(workers) == 2
    assert all(map(is_alive, workers))
    parent.send_signal(number)
    parent.wait()
    deadline = time.monotonic() + 30
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, workers))


def test_a_script_without_a_main_guard_gets_a_clear_error(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(root=str(Path(__file__).resolve().parent.parent), folder=str(tmp_path)).replace(
        'if __name__ == "__main__":', "if True:"
    ), encoding="utf-8")  # fmt: skip
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode != 0
    assert 'keeps its own work under: if __name__ == "__main__":' in done.stderr
