"""The Extractor: text in, Article out. The only part of the library that holds state (a loaded tagger)."""

from __future__ import annotations

import logging
import os
import threading
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import length_hint
from pathlib import Path
from typing import Any, Literal, overload

from arabic_news_ner._pool import Outcome, read_in_processes
from arabic_news_ner.errors import InputError, MissingExtraError, ModelError, WorkerError
from arabic_news_ner.linking.own_names import OwnNames
from arabic_news_ner.page import Page, read_page
from arabic_news_ner.page.header import Header, read_header
from arabic_news_ner.pipeline import Resources, run, to_article
from arabic_news_ner.tagging.protocol import Tagged, Tagger, TokenizedText
from arabic_news_ner.text.checks import check_text, has_arabic
from arabic_news_ner.text.sentences import sentences as split_sentences
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import Article, Sentences, Tokens

#: The options of :meth:`Extractor.pipe` for a text that cannot be read.
Errors = Literal["raise", "skip", "return"]

_log = logging.getLogger("arabic_news_ner")

#: The pack that is used if none is named.
DEFAULT_MODEL = "base"

#: Less probable mentions and roles are left out by default. With calibrated scores F1 is
#: highest at half of its best value (Lipton, Elkan and Naryanaswamy 2014), which is 0.9 for ``base`` on the development set.
DEFAULT_MIN_SCORE = 0.45


#: The caller's own list: a file, a data frame (pandas, polars, pyarrow) or rows as mappings.
Names = OwnNames | str | Path | Iterable[Mapping[str, Any]] | Any | None


class Extractor:
    """Reads Arabic news articles with one tagger, loaded once.

    Safe to use from several threads. A pickle holds only the name of the model; the model is loaded again when it is
    unpickled.
    """

    def __init__(self, tagger: Tagger | None = None, names: Names = None) -> None:
        """:param tagger: any object of the protocol :class:`arabic_news_ner.tagging.protocol.Tagger`. For a model pack use
            :meth:`load`.
        :param names: the caller's own list of names, as in :meth:`load`.
        :raises InputError: if ``tagger`` is not a tagger, or the list does not fit.
        """
        if not isinstance(tagger, Tagger):
            raise InputError(
                f"Extractor takes a tagger and got {tagger!r}; for a model use Extractor.load() or Extractor.load('fast')"
            )
        self._tagger = tagger
        self._names = None if names is None else OwnNames.load(names)
        self._resources = Resources.load(self._names)

    def __getstate__(self) -> dict[str, Any]:
        return {"_tagger": self._tagger, "_names": self._names}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**{name.removeprefix("_"): value for name, value in state.items()})  # type: ignore[misc]

    @classmethod
    def load(
        cls,
        model: str | Path | Sequence[str | Path] = DEFAULT_MODEL,
        *,
        names: Names = None,
        path: str | Path | None = None,
        threads: int | None = None,
        vote: int | None = None,
        **settings: Any,
    ) -> Extractor:
        """An extractor on a model pack, or on a model of another package.

        :param model: the name of a built-in pack or the path of a pack's folder; ``"camel"`` (CAMeL Tools), ``"stanza"`` or
            ``"transformers"`` (a token-classification folder); or a list of these, whose mentions are voted on.
        :param names: your own people, organizations and places: a ``.tsv`` or ``.jsonl`` file, a data frame, or rows
            as mappings with
            ``id``, ``label``, ``names`` (separated by ``|``) and, optionally, ``subtype``, ``country``, ``kb``. They
            are found in the text, merged and linked with your ids: see docs/howto-own-names.md.
        :param path: where the model of such a package is; by default where CAMeL Tools or Stanza downloaded theirs.
        :param threads: processor cores to use; by default all that this process may use.
        :param vote: for a list, how many models must find a mention; by default more than half of them.
        :param settings: for other packages: ``labels={"PRODUCT": None}`` maps a label type that the library does not
            know, ``pretrain=`` names the word vectors of a Stanza model file.
        :raises ModelError: if the model is missing, damaged or made for another version.
        :raises MissingExtraError: if the package is not installed.
        :raises InputError: if ``threads`` is not a positive number, a setting does not go with the model, or the own names do
            not fit.
        """
        from arabic_news_ner.tagging.backends.load import load_tagger

        return cls(load_tagger(model, path=path, threads=threads, vote=vote, **settings), names)

    @property
    def tagger(self) -> Tagger:
        """The tagger that finds mentions and roles."""
        return self._tagger

    def __repr__(self) -> str:
        return f"Extractor({self._tagger!r})"

    def extract(self, text: str, *, min_score: float = DEFAULT_MIN_SCORE) -> Article:
        """Read one article: the whole text, nothing dropped.

        :param text: the article as it is; every offset of the result refers to it.
        :param min_score: mentions and roles with a lower probability are left out (0 to 1). A higher value gives fewer
            and surer ones, 0 gives all; the default gives the best F1.
        :raises InputError: if ``text`` is not a str or ``min_score`` is not a probability.
        """
        return self._read([check_text(text)], _check_score(min_score))[0]

    def extract_page(self, raw: str | Page, *, min_score: float = DEFAULT_MIN_SCORE) -> list[Article]:
        """Read a scraped page: the main article and each one glued under it, in page order.

        Each article holds the entities of its own story, headline and body; the outlet is its ``source``, not an
        entity. Offsets refer to the page's text (of HTML: the text that was found in it), which is the ``text`` of
        every article. See :func:`arabic_news_ner.read_page` for the parts of a page.

        :param raw: the page, plain text or HTML, or one that :func:`read_page`, a feed or an archive gave.
        :param min_score: as in :meth:`extract`.
        :raises InputError: if ``raw`` is not a str.
        :raises MissingExtraError: for HTML without trafilatura (``pip install 'arabic-news-ner[html]'``).
        """
        score = _check_score(min_score)
        page = raw if isinstance(raw, Page) else read_page(raw)
        return self._assembled([(_pieces(page.text, a.story), Header.of(a)) for a in page.articles], score)

    @overload
    def pipe(
        self,
        texts: Iterable[str],
        *,
        as_tuples: Literal[False] = ...,
        errors: Literal["raise", "skip"] = ...,
        batch_size: int = ...,
        processes: int = ...,
        progress: bool = ...,
        min_score: float = ...,
    ) -> Iterator[Article]: ...

    @overload
    def pipe(
        self,
        texts: Iterable[str],
        *,
        as_tuples: Literal[False] = ...,
        errors: Literal["return"],
        batch_size: int = ...,
        processes: int = ...,
        progress: bool = ...,
        min_score: float = ...,
    ) -> Iterator[Outcome]: ...

    @overload
    def pipe(
        self,
        texts: Iterable[tuple[Any, str]],
        *,
        as_tuples: Literal[True],
        errors: Literal["raise", "skip"] = ...,
        batch_size: int = ...,
        processes: int = ...,
        progress: bool = ...,
        min_score: float = ...,
    ) -> Iterator[tuple[Any, Article]]: ...

    @overload
    def pipe(
        self,
        texts: Iterable[tuple[Any, str]],
        *,
        as_tuples: Literal[True],
        errors: Literal["return"],
        batch_size: int = ...,
        processes: int = ...,
        progress: bool = ...,
        min_score: float = ...,
    ) -> Iterator[tuple[Any, Outcome]]: ...

    def pipe(
        self,
        texts: Iterable[Any],
        *,
        as_tuples: bool = False,
        errors: Errors = "raise",
        batch_size: int = 64,
        processes: int = 1,
        progress: bool = False,
        min_score: float = DEFAULT_MIN_SCORE,
    ) -> Iterator[Any]:
        """Read many articles: one result a text, in order, while the texts are still coming.

        Never holds more than a few batches, so ``texts`` may be endless. Finished results are returned before an error
        of a later text or of the iterator is raised.

        >>> extractor = Extractor.load("fast")
        >>> texts = ["زار وزير الصحة سمير حداد بيروت.", "عاد الوفد إلى القاهرة."]
        >>> [[place.name for place in article.places] for article in extractor.pipe(texts)]
        [['بيروت'], ['القاهرة']]
        >>> pairs = [("a-1", texts[0]), ("a-2", None)]
        >>> [key for key, article in extractor.pipe(pairs, as_tuples=True, errors="skip")]
        ['a-1']

        :param as_tuples: ``texts`` are ``(key, text)`` pairs; results are ``(key, article)`` pairs.
        :param errors: for a text that cannot be read (not a str, or a worker dies twice while it reads it):
            ``"raise"`` its error, ``"skip"`` it with a line in the log ``arabic_news_ner``, or ``"return"`` the error in the
            article's place.
        :param batch_size: texts read at a time.
        :param processes: worker processes, each with one thread and its own copy of the model; with 1 the work is done
            here, on the threads of the tagger. As with all of Python's worker processes, a script that uses them keeps
            its own work under ``if __name__ == "__main__":``.
        :param progress: show a bar (package tqdm: ``pip install 'arabic-news-ner[progress]'``).
        :param min_score: as in :meth:`extract`.
        :raises InputError: at the text that is not a str, named by its position; at once for a wrong parameter.
        :raises WorkerError: at the text over which a worker process ended twice; if no worker can be started.
        :raises MissingExtraError: if ``progress`` is asked for without tqdm.
        """
        for name, value in (("batch_size", batch_size), ("processes", processes)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise InputError(f"{name} is {value!r}; it takes a whole number from 1")
        if errors not in ("raise", "skip", "return"):
            raise InputError(f"errors is {errors!r}; it takes 'raise', 'skip' or 'return'")
        if isinstance(texts, (str, bytes)):
            raise InputError("pipe takes an iterable of texts and got one text; pass [text], or use extract(text)")
        if not isinstance(texts, Iterable):
            raise InputError(f"pipe takes an iterable of texts and got a {type(texts).__name__}")
        score = _check_score(min_score)
        size = batch_size if processes == 1 else _share(texts, batch_size, processes)
        batches = _batches(_items(texts, as_tuples), size)
        results = _handed_out(self._outcomes(batches, processes, score), as_tuples, errors)
        return _with_bar(results, texts) if progress else results

    def tag(self, sentences: Iterable[Sequence[str]], *, scheme: str | None = None) -> list[list[str]]:
        """BIO tags for text that is tokenized already: as many lists as sentences, as many tags as words in each.

        The sentences of a call are read as consecutive sentences of one text, each in the context of its neighbours.

        :param scheme: the label set; by default the tagger's own, ``"news"`` (PER, ORG, LOC) for the built-in packs,
            which also have ``"anercorp"`` (PERS, LOC, ORG, MISC, by the conventions of that corpus).
        :raises InputError: if a sentence is a str, a word is none or is empty, or the scheme is unknown.
        :raises ModelError: if the tagger answers with another number of tags.
        """
        checked = [_check_words(sentence, number) for number, sentence in enumerate(sentences)]
        known = self._tagger.schemes
        if scheme is not None and scheme not in known:
            raise InputError(f"scheme {scheme!r} is unknown to {self._tagger.name!r}; it has {', '.join(known)}")
        tags = self._tagger.tag_words(checked, scheme or known[0])
        if len(tags) != len(checked):
            raise ModelError(f"the tagger {self._tagger.name!r} gave {len(tags)} answers for {len(checked)} sentences")
        for number, (words, row) in enumerate(zip(checked, tags, strict=True)):
            if len(words) != len(row):
                raise ModelError(
                    f"the tagger {self._tagger.name!r} gave {len(row)} tags for the {len(words)} words of sentence {number}; "
                    "a tagger answers with one tag a word"
                )
        return tags

    def _read(self, texts: Sequence[str], min_score: float) -> list[Article]:
        return self._assembled([(_prepare(text), read_header(text)) for text in texts], min_score)

    def _assembled(self, texts: Sequence[tuple[TokenizedText, Header]], min_score: float) -> list[Article]:
        arabic = [text for text, _ in texts if any(map(has_arabic, text.tokens.texts()))]
        tagged = dict(zip(map(id, arabic), self._tagger.tag_texts(arabic) if arabic else (), strict=True))
        return [
            to_article(run(text, tagged.pop(id(text), Tagged(())), header, self._resources, min_score))
            for text, header in texts
        ]

    def _outcomes(
        self, batches: Iterator[list[_Item]], processes: int, min_score: float
    ) -> Iterator[tuple[list[_Item], list[Outcome]]]:
        """Each batch with the outcomes of those of its items that are texts."""
        read = _Reading(self, min_score)
        if processes == 1:
            for batch in batches:
                yield batch, read(_texts(batch))
            return
        waiting: deque[list[_Item]] = deque()

        def texts() -> Iterator[list[str]]:
            for batch in batches:
                waiting.append(batch)
                yield _texts(batch)

        for outcomes in read_in_processes(texts(), read, processes):
            yield waiting.popleft(), outcomes


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a stream: its position, the caller's key, its text; ``error`` if it is not a text."""

    number: int
    key: Any
    text: str
    error: InputError | None = None


@dataclass
class _Reading:
    """Reads batches of texts, here or in a worker process, where it takes one thread."""

    extractor: Extractor
    min_score: float

    def __call__(self, texts: Sequence[str]) -> list[Outcome]:
        """As many outcomes as texts: what cannot be read together is read one by one."""
        try:
            return list(self.extractor._read(texts, self.min_score))
        except Exception as error:
            return [error] if len(texts) == 1 else [outcome for text in texts for outcome in self([text])]

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        limit_threads = getattr(self.extractor.tagger, "limit_threads", None)
        if limit_threads is not None:
            limit_threads(1)


def _prepare(text: str) -> TokenizedText:
    tokens = tokenize(text)
    return TokenizedText(text, tokens, split_sentences(text, tokens))


def _pieces(text: str, pieces: Sequence[tuple[int, int]]) -> TokenizedText:
    """The tokens and sentences of some pieces of a text, with offsets into the whole."""
    tokens = Tokens(text, array("I"), array("I"))
    sentences = Sentences(text, array("I"), array("I"))
    for start, end in pieces:
        part = text[start:end]
        own = tokenize(part)
        for whole, found in ((tokens, own), (sentences, split_sentences(part, own))):
            whole.starts.extend([at + start for at in found.starts])
            whole.ends.extend([at + start for at in found.ends])
    return TokenizedText(text, tokens, sentences)


def _check_score(value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise InputError(f"min_score is {value!r}; it takes a probability from 0 to 1")
    return float(value)


def _check_words(sentence: Sequence[str], number: int) -> list[str]:
    if isinstance(sentence, (str, bytes)):
        raise InputError(
            f"sentence {number} is a {type(sentence).__name__}, not a list of words; "
            "tag takes [[word, ...], ...]; for running text use extract(text)"
        )
    words = list(sentence)
    for place, word in enumerate(words):
        if not isinstance(word, str) or not word.strip():
            raise InputError(f"word {place} of sentence {number} is {word!r}; a word is a str with a visible character")
    return words


def _items(texts: Iterable[Any], as_tuples: bool) -> Iterator[_Item]:
    for number, given in enumerate(texts):
        key, text, error = None, given, None
        try:
            if as_tuples:
                if not isinstance(given, (tuple, list)) or len(given) != 2:
                    raise InputError(
                        f"item {number} of the stream is {given!r:.60}; as_tuples=True takes (key, text) pairs"
                    )
                key, text = given
            check_text(text, f"text {number} of the stream")
        except InputError as refused:
            error = refused
        yield _Item(number, key, text, error)


def _batches(items: Iterator[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in batches; where the caller's iterator raises, what came before it is still a batch."""
    batch: list[_Item] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _share(texts: Iterable[Any], batch_size: int, processes: int) -> int:
    """The size of a batch with which every process gets some, where the number of texts is known."""
    return min(batch_size, max(1, len(texts) // (4 * processes))) if isinstance(texts, Sequence) else batch_size


def _texts(batch: Sequence[_Item]) -> list[str]:
    return [item.text for item in batch if item.error is None]


def _handed_out(read: Iterator[tuple[list[_Item], list[Outcome]]], as_tuples: bool, errors: Errors) -> Iterator[Any]:
    """The results one by one, errors as the caller wants them."""
    for batch, outcomes in read:
        rest = iter(outcomes)
        for item in batch:
            outcome = item.error or _placed(next(rest), item.number)
            if isinstance(outcome, Exception):
                if errors == "raise":
                    raise outcome
                if errors == "skip":
                    _log.warning("left out: %s", outcome)
                    continue
            yield (item.key, outcome) if as_tuples else outcome


def _placed(outcome: Outcome, number: int) -> Outcome:
    """An error of the library with the position of its text."""
    if isinstance(outcome, Exception) and type(outcome) in (InputError, ModelError, WorkerError):
        placed = type(outcome)(f"text {number} of the stream: {outcome}")
        placed.__cause__ = outcome
        return placed
    return outcome


def _with_bar(results: Iterator[Article], texts: Iterable[str]) -> Iterator[Article]:
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise MissingExtraError.because(error, "progress=True", "tqdm", "progress") from error
    total = length_hint(texts, 0) or None
    bar: Iterator[Article] = iter(tqdm(results, total=total, unit=" articles"))
    return bar


_default: Extractor | None = None
_default_lock = threading.Lock()


def _unlock() -> None:
    """In a forked process: a thread of the parent may have held the lock, and cannot release it here."""
    global _default_lock
    _default_lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock)


def default_extractor() -> Extractor:
    """The extractor of :func:`extract`, :func:`extract_page` and :func:`pipe`, loaded at the first call."""
    global _default
    if _default is None:
        with _default_lock:
            if _default is None:
                _default = Extractor.load()
    return _default


def extract(text: str, *, min_score: float = DEFAULT_MIN_SCORE) -> Article:
    """Read one article with the built-in model ``base``, which the first call loads: the whole text, nothing dropped.

    >>> import arabic_news_ner as ann
    >>> article = ann.extract("التقى وزير الخارجية سيرغي لافروف وفدا في طرابلس.")
    >>> [(person.name, [role.text for role in person.roles]) for person in article.people]
    [('سيرغي لافروف', ['وزير الخارجية'])]
    >>> place = article.places[0]
    >>> place.name, place.subtype, place.links[0].kb
    ('طرابلس', 'city', 'geonames')
    >>> mention = place.mentions[0]
    >>> article.text[mention.start : mention.end]
    'طرابلس'

    :param text: the article as it is, a headline with a line of its own; every offset of the result refers to it.
    :param min_score: mentions and roles with a lower probability are left out (0 to 1). A higher value gives fewer and surer
        ones, 0 everything that the model sees; the default gives the best F1.
    :returns: ``article.people``, ``.organizations`` and ``.places`` by salience, ``.roles`` without a named holder,
        ``.countries``, and the header of the text: ``.headline``, ``.date``, ``.source``, ``.keywords``.
    :raises InputError: if ``text`` is not a str or ``min_score`` no probability.

    For many texts use :func:`pipe`, for a scraped page :func:`extract_page`, for another model
    ``Extractor.load("fast").extract(text)``.
    """
    return default_extractor().extract(text, min_score=min_score)


def extract_page(raw: str, *, min_score: float = DEFAULT_MIN_SCORE) -> list[Article]:
    """Read a scraped page with the built-in model ``base``: the main article and each one glued under it, in page order.

    >>> import arabic_news_ner as ann
    >>> page = '''وزير النقل يفتتح جسر المرفأ
    ... الاثنين 28 أبريل 2025
    ... افتتح وزير النقل سمير حداد اليوم جسر المرفأ في بيروت.
    ... المصدر: صحيفة النجمة
    ... اقرأ أيضا'''
    >>> article = ann.extract_page(page)[0]
    >>> article.headline, article.date, article.source
    ('وزير النقل يفتتح جسر المرفأ', '2025-04-28', 'صحيفة النجمة')
    >>> [person.name for person in article.people]
    ['سمير حداد']

    Each article holds the entities of its own story, headline and body. Offsets refer to the page's text (of HTML: the text that
    was found in it), which is the ``text`` of every article.

    :param raw: the page, plain text or HTML.
    :param min_score: as in :func:`extract`.
    :returns: the articles; none where the page has no Arabic text.
    :raises InputError: if ``raw`` is not a str.
    :raises MissingExtraError: for HTML without trafilatura (``pip install 'arabic-news-ner[html]'``).
    """
    return default_extractor().extract_page(raw, min_score=min_score)


def pipe(texts: Iterable[Any], **settings: Any) -> Iterator[Any]:
    """Read many articles with the built-in model ``base``, one result a text, in order: see :meth:`Extractor.pipe`.

    >>> import arabic_news_ner as ann
    >>> pairs = [("a-1", "زار وزير الصحة سمير حداد بيروت."), ("a-2", "عاد الوفد إلى القاهرة.")]
    >>> [(key, article.places[0].name) for key, article in ann.pipe(pairs, as_tuples=True)]
    [('a-1', 'بيروت'), ('a-2', 'القاهرة')]
    """
    return default_extractor().pipe(texts, **settings)
