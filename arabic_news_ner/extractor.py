"""The Extractor: text in, Article out. The only part of the library that holds state (a loaded tagger)."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import InputError, MissingExtraError
from arabic_news_ner.page import read_page
from arabic_news_ner.page.header import Header, read_header
from arabic_news_ner.pipeline import Resources, run, to_article
from arabic_news_ner.tagging.protocol import Tagged, Tagger, TokenizedText
from arabic_news_ner.text.checks import check_text, has_arabic
from arabic_news_ner.text.sentences import sentences as split_sentences
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import Article, Sentence, Token

if TYPE_CHECKING:
    from concurrent.futures import Future

#: The pack that is used where none is named.
DEFAULT_MODEL = "base"

#: Mentions and roles that are less probable are left out unless the caller asks for them. With calibrated scores F1 is
#: highest at half of its best value (Lipton, Elkan and Naryanaswamy 2014), which is 0.9 for ``base`` on the development set.
LEAST_SCORE = 0.45


class Extractor:
    """Reads Arabic news articles with one tagger, loaded once.

    Safe to use from several threads. Pickles as the name of its model, and loads it again where it is unpickled.
    """

    def __init__(self, tagger: Tagger) -> None:
        """:param tagger: any object of the protocol :class:`arabic_news_ner.tagging.protocol.Tagger`."""
        self._tagger = tagger
        self._resources = Resources.load()

    @classmethod
    def load(
        cls,
        model: str | Path | Sequence[str | Path] = DEFAULT_MODEL,
        *,
        path: str | Path | None = None,
        threads: int | None = None,
        vote: int | None = None,
        **settings: Any,
    ) -> Extractor:
        """An extractor on a model pack, or on a model of another package.

        :param model: the name of a built-in pack or the path of a pack's folder; ``"camel"`` (CAMeL Tools), ``"stanza"`` or
            ``"transformers"`` (a token-classification folder); or a list of these, whose mentions are voted on.
        :param path: where the model of such a package is; by default where CAMeL Tools or Stanza downloaded theirs.
        :param threads: processor cores to use; by default all that this process may use.
        :param vote: for a list, how many models must find a mention; by default more than half of them.
        :param settings: for other packages: ``labels={"PRODUCT": None}`` says what a type of label is that the library does
            not know, ``pretrain=`` names the word vectors of a Stanza model file.
        :raises ModelError: where the model is missing, damaged or made for another version.
        :raises MissingExtraError: where the package is not installed.
        :raises InputError: where ``threads`` is not a positive number or a setting does not go with the model.
        """
        from arabic_news_ner.tagging.backends.load import load_tagger

        return cls(load_tagger(model, path=path, threads=threads, vote=vote, **settings))

    @property
    def tagger(self) -> Tagger:
        """The tagger that finds mentions and roles."""
        return self._tagger

    def __repr__(self) -> str:
        return f"Extractor({self._tagger!r})"

    def extract(self, text: str, *, min_score: float = LEAST_SCORE) -> Article:
        """Read one article: the whole text, nothing dropped.

        :param text: the article as it is; every offset of the result refers to it.
        :param min_score: mentions and roles with a lower probability are left out (0 to 1). A higher value gives fewer and
            surer ones, 0 everything that the tagger sees; the default gives the best F1.
        :raises InputError: where ``text`` is no str or ``min_score`` no probability.
        """
        return self._read([check_text(text)], _check_score(min_score))[0]

    def extract_page(self, raw: str, *, min_score: float = LEAST_SCORE) -> list[Article]:
        """Read a scraped page: the main article and each one glued under it, in page order.

        Each article holds the entities of its own story, headline and body; the outlet is its ``source`` and not among
        them. Offsets refer to the page's text (of HTML: the text that was found in it), which is the ``text`` of every
        article. See :func:`arabic_news_ner.read_page` for what a page is taken apart into.

        :param min_score: as in :meth:`extract`.
        :raises InputError: where ``raw`` is no str.
        :raises MissingExtraError: for HTML without trafilatura (``pip install 'arabic-news-ner[html]'``).
        """
        score = _check_score(min_score)
        page = read_page(raw)
        return self._assembled([(_pieces(page.text, a.story), Header.of(a)) for a in page.articles], score)

    def pipe(
        self,
        texts: Iterable[str],
        *,
        batch_size: int = 64,
        processes: int = 1,
        progress: bool = False,
        min_score: float = LEAST_SCORE,
    ) -> Iterator[Article]:
        """Read many articles: one result a text, in order, while the texts are still coming.

        Never holds more than a few batches, so ``texts`` may be endless.

        :param batch_size: texts read at a time.
        :param processes: worker processes, each with one thread and its own copy of the model; with 1 the work is done
            here, on the threads of the tagger. As with all of Python's worker processes, a script that asks for them
            keeps its own work under ``if __name__ == "__main__":``.
        :param progress: show a bar (package tqdm: ``pip install 'arabic-news-ner[progress]'``).
        :param min_score: as in :meth:`extract`.
        :raises InputError: at the text that is no str, named by its position; at once for a wrong parameter.
        :raises MissingExtraError: where ``progress`` is asked for without tqdm.
        """
        for name, value in (("batch_size", batch_size), ("processes", processes)):
            if not isinstance(value, int) or value < 1:
                raise InputError(f"{name} is {value!r}; it takes a whole number from 1")
        if isinstance(texts, (str, bytes)):
            raise InputError("pipe takes an iterable of texts and got one text; pass [text], or use extract(text)")
        score = _check_score(min_score)
        batches = _batches(texts, batch_size)
        results = self._pooled(batches, processes, score) if processes > 1 else self._serial(batches, score)
        return _with_bar(results, texts) if progress else results

    def tag(self, sentences: Iterable[Sequence[str]], *, scheme: str | None = None) -> list[list[str]]:
        """BIO tags for text that is tokenized already: as many lists as sentences, as many tags as words in each.

        The sentences of a call are read as consecutive sentences of one text, each in the context of its neighbours.

        :param scheme: the label set; by default the tagger's own, ``"news"`` (PER, ORG, LOC) for the built-in packs,
            which also have ``"anercorp"`` (PERS, LOC, ORG, MISC, by the conventions of that corpus).
        :raises InputError: where a sentence is a str, a word is none or is empty, or the scheme is unknown.
        """
        checked = [_check_words(sentence, number) for number, sentence in enumerate(sentences)]
        known = self._tagger.schemes
        if scheme is not None and scheme not in known:
            raise InputError(f"scheme {scheme!r} is unknown to {self._tagger.name!r}; it has {', '.join(known)}")
        tags = self._tagger.tag_words(checked, scheme or known[0])
        for number, (words, row) in enumerate(zip(checked, tags, strict=True)):
            if len(words) != len(row):
                raise RuntimeError(f"sentence {number}: {len(row)} tags for {len(words)} words")
        return tags

    def _read(self, texts: Sequence[str], min_score: float) -> list[Article]:
        return self._assembled([(_prepare(text), read_header(text)) for text in texts], min_score)

    def _assembled(self, texts: Sequence[tuple[TokenizedText, Header]], min_score: float) -> list[Article]:
        arabic = [text for text, _ in texts if any(has_arabic(token.text) for token in text.tokens)]
        tagged = dict(zip(map(id, arabic), self._tagger.tag_texts(arabic) if arabic else (), strict=True))
        return [
            to_article(run(text, _above(tagged.get(id(text), Tagged(())), min_score), header, self._resources))
            for text, header in texts
        ]

    def _serial(self, batches: Iterator[list[str]], min_score: float) -> Iterator[Article]:
        for batch in batches:
            yield from self._read(batch, min_score)

    def _pooled(self, batches: Iterator[list[str]], processes: int, min_score: float) -> Iterator[Article]:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(processes, get_context("spawn"), _start_worker, (self, min_score)) as pool:
            waiting: deque[Future[list[Article]]] = deque()
            try:
                for batch in batches:
                    waiting.append(pool.submit(_work, batch))
                    if len(waiting) > 2 * processes:
                        yield from waiting.popleft().result()
                while waiting:
                    yield from waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()


_worker: tuple[Extractor, float] | None = None


def _start_worker(extractor: Extractor, min_score: float) -> None:
    global _worker
    _worker = (extractor, min_score)


def _work(batch: list[str]) -> list[Article]:
    assert _worker is not None
    extractor, min_score = _worker
    return extractor._read(batch, min_score)


def _prepare(text: str) -> TokenizedText:
    tokens = tokenize(text)
    return TokenizedText(text, tokens, split_sentences(text, tokens))


def _pieces(text: str, pieces: Sequence[tuple[int, int]]) -> TokenizedText:
    """The tokens and sentences of some pieces of a text, with offsets into the whole."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for start, end in pieces:
        part = text[start:end]
        own = tokenize(part)
        tokens += [Token(t.start + start, t.end + start, t.text) for t in own]
        sentences += [Sentence(s.start + start, s.end + start, s.text) for s in split_sentences(part, own)]
    return TokenizedText(text, tuple(tokens), tuple(sentences))


def _above(tagged: Tagged, min_score: float) -> Tagged:
    if min_score <= 0:
        return tagged
    return replace(
        tagged,
        mentions=tuple(m for m in tagged.mentions if m.score is None or m.score >= min_score),
        roles=tuple(r for r in tagged.roles if r.score is None or r.score >= min_score),
    )


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


def _batches(texts: Iterable[Any], size: int) -> Iterator[list[str]]:
    numbered = enumerate(texts)
    while part := list(islice(numbered, size)):
        yield [check_text(text, f"text {number} of the stream") for number, text in part]


def _with_bar(results: Iterator[Article], texts: Iterable[str]) -> Iterator[Article]:
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise MissingExtraError("progress=True", "tqdm", "progress") from error
    total = len(texts) if isinstance(texts, Sequence) else None
    bar: Iterator[Article] = iter(tqdm(results, total=total, unit=" articles"))
    return bar


_default: Extractor | None = None
_default_lock = threading.Lock()


def default_extractor() -> Extractor:
    """The extractor behind :func:`extract`, loaded at the first call."""
    global _default
    if _default is None:
        with _default_lock:
            if _default is None:
                _default = Extractor.load()
    return _default


def extract_page(raw: str, *, min_score: float = LEAST_SCORE) -> list[Article]:
    """Read the articles of a scraped page with the built-in model: see :meth:`Extractor.extract_page`."""
    return default_extractor().extract_page(raw, min_score=min_score)


def extract(text: str, *, min_score: float = LEAST_SCORE) -> Article:
    """Read one article with the built-in model: see :meth:`Extractor.extract`."""
    return default_extractor().extract(text, min_score=min_score)
