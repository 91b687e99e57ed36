"""Worker processes: results in the order of the texts, nothing is lost, and no process stays behind.

A thread serves each worker over a pipe: one batch goes in, one packed answer comes out. A worker that dies is replaced.
Its texts are read again once, each separately; if a worker dies again, this text is reported. Workers always end with
their parent, because they watch the parent's end of a pipe.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import parent_process
from queue import SimpleQueue
from typing import Any

from arabic_news_ner.errors import InputError, WorkerError
from arabic_news_ner.types import Article, Sentences, Tokens

#: The outcome of one text.
Outcome = Article | Exception
#: Reads the texts of a batch in a worker: as many outcomes as texts.
Read = Callable[[Sequence[str]], list[Outcome]]
#: The message of a worker after it has loaded its model.
_READY = b"ready"
#: Seconds that a worker has to end by itself.
_PATIENCE = 5.0


def read_in_processes(batches: Iterable[Sequence[str]], read: Read, processes: int) -> Iterator[list[Outcome]]:
    """The outcomes of each batch, in order.

    At most ``2 * processes + 1`` batches are waiting or being read. Where ``batches`` raises, the outcomes of the batches before
    come first.

    :param read: is pickled for each worker.
    :raises WorkerError: if no worker can be started.
    :raises InputError: in a process that may not start others (a worker of ``multiprocessing.Pool``).
    """
    if current_process().daemon:
        raise InputError(
            "a daemonic process cannot start worker processes; use processes=1 inside multiprocessing.Pool"
        )
    pool = _Pool(pickle.dumps(read), processes)
    waiting: list[_Task] = []
    source: Iterator[Sequence[str]] | None = iter(batches)
    failure: Exception | None = None
    try:
        while True:
            while source is not None and len(waiting) <= 2 * processes:
                try:
                    texts = next(source)
                except StopIteration:
                    source = None
                except Exception as error:  # the caller's own: passed on after the results before it
                    source, failure = None, error
                else:
                    waiting.append(pool.submit(texts))
            if not waiting:
                break
            yield waiting.pop(0).outcomes()
        if failure is not None:
            raise failure
        pool.finish()
    finally:
        pool.stop()


class _Task:
    """A batch and, once it is read, its outcomes."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._done = threading.Event()
        self._answers: list[bytes] = []
        self._error: Exception | None = None

    def answer(self, answers: list[bytes]) -> None:
        """The packed outcomes of its texts, in order: all in one, or each by itself."""
        self._answers = answers
        self._done.set()

    def fail(self, error: Exception) -> None:
        """No outcomes will come."""
        self._error = error
        self._done.set()

    def outcomes(self) -> list[Outcome]:
        """Wait for the outcomes. :raises WorkerError: if no worker can be started."""
        self._done.wait()
        if self._error is not None:
            raise self._error
        packed = [outcome for answer in self._answers for outcome in pickle.loads(answer)]
        return [unpack(text, outcome) for text, outcome in zip(self.texts, packed, strict=True)]


class _Pool:
    """The workers, each with the thread that serves it."""

    def __init__(self, payload: bytes, processes: int) -> None:
        self._payload = payload
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._stopped = False
        self._lock = threading.Lock()
        self._workers: set[_Worker] = set()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(processes)]
        for thread in self._threads:
            thread.start()

    def submit(self, texts: Sequence[str]) -> _Task:
        task = _Task(texts)
        self._tasks.put(task)
        return task

    def finish(self) -> None:
        """Let the workers end when all tasks are done."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """End the workers now."""
        with self._lock:
            self._stopped = True
            workers = list(self._workers)
        for worker in workers:
            worker.kill()
        for _ in self._threads:
            self._tasks.put(None)

    def _serve(self) -> None:
        """Give one worker after the other batches until there are no more."""
        worker: _Worker | None = None
        while (task := self._tasks.get()) is not None:
            try:
                worker = self._read(worker, task)
            except Exception as error:  # anything else would leave the caller waiting forever
                task.fail(
                    error if isinstance(error, WorkerError) else WorkerError(f"a worker process failed: {error!r}")
                )
                worker = None
        if worker is not None:
            self._retire(worker)

    def _read(self, worker: _Worker | None, task: _Task) -> _Worker | None:
        """Read a task; where the worker dies over it, each text by itself. Returns the worker that is left."""
        worker = worker or self._start()
        answer = worker.ask(task.texts)
        if answer is not None:
            task.answer([answer])
            return worker
        self._retire(worker)
        left: _Worker | None = None
        answers = []
        for text in task.texts:
            left = left or self._start()
            again = left.ask([text])
            if again is None:
                status = self._retire(left)
                left = None
                message = f"a worker process ended twice while it read this text ({status})"
                again = pickle.dumps([WorkerError(message)])
            answers.append(again)
        task.answer(answers)
        return left

    def _start(self) -> _Worker:
        worker = _Worker(self._payload)
        with self._lock:
            if self._stopped:
                worker.kill()
                raise WorkerError("the pool of worker processes was closed")
            self._workers.add(worker)
        worker.wait_until_ready()
        return worker

    def _retire(self, worker: _Worker) -> str:
        with self._lock:
            self._workers.discard(worker)
        return worker.end()


class _Worker:
    """One worker process, seen from its parent."""

    def __init__(self, payload: bytes) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, payload), daemon=True)
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        """Wait until the model is loaded. :raises WorkerError: if the process ends before. Raises what loading raised."""
        answer = self._receive()
        if answer is None:
            raise WorkerError(
                f"a worker process ended before it could read ({self.end()}). A script that reads with processes keeps its own "
                'work under: if __name__ == "__main__":'
            )
        if answer != _READY:
            raise pickle.loads(answer)

    def ask(self, texts: Sequence[str]) -> bytes | None:
        """The packed outcomes of some texts; ``None`` if the process died over them."""
        try:
            self._pipe.send_bytes(pickle.dumps(list(texts), pickle.HIGHEST_PROTOCOL))
        except OSError:
            return None
        return self._receive()

    def _receive(self) -> bytes | None:
        try:
            return self._pipe.recv_bytes()
        except (EOFError, OSError):
            return None

    def kill(self) -> None:
        """End the process at once; the thread that waits for its answer goes on."""
        self._process.kill()

    def end(self) -> str:
        """Close the pipe, by which the process ends, and say how it ended."""
        self._pipe.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode or 0
        if code >= 0:
            return f"exit status {code}"
        with suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
        return f"signal {-code}"


def _work(pipe: Connection, payload: bytes) -> None:
    """What a worker process does: load, then answer until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends the workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        read: Read = pickle.loads(payload)
    except Exception as error:
        pipe.send_bytes(pickle.dumps(portable(error)))
        return
    with suppress(EOFError, OSError):  # the parent closed the pipe or ended
        pipe.send_bytes(_READY)
        while True:
            texts = pickle.loads(pipe.recv_bytes())
            answer = [pack(outcome) for outcome in read(texts)]
            pipe.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _end_with_parent() -> None:
    """End this process when its parent ends. After SIGKILL the parent cannot tell its workers."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def pack(outcome: Outcome) -> Any:
    """An outcome as it goes through a pipe: tokens and sentences as numbers, the text not at all."""
    if isinstance(outcome, Exception):
        return portable(outcome)
    tokens = Tokens.of(outcome.text, outcome.tokens)
    sentences = Sentences.of(outcome.text, outcome.sentences)
    numbers = (tokens.starts, tokens.ends, sentences.starts, sentences.ends)
    return *(part.tobytes() for part in numbers), replace(outcome, text="", tokens=(), sentences=())


def unpack(text: str, packed: Any) -> Outcome:
    """The outcome of a text that :func:`pack` packed."""
    if isinstance(packed, Exception):
        return packed
    *numbers, article = packed
    starts, ends, first, last = (array("I", part) for part in numbers)
    whole: Article = replace(
        article, text=text, tokens=Tokens(text, starts, ends), sentences=Sentences(text, first, last)
    )
    return whole


def portable(error: Exception) -> Exception:
    """The error, or what it says where it cannot be pickled."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return WorkerError(f"{type(error).__name__}: {error}")
    return error
