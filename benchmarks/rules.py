"""Processor time of the Python around the model, stage by stage: everything but the tagger.

    python benchmarks/rules.py tests/golden/articles.jsonl
    python benchmarks/rules.py articles.jsonl --model base --rounds 15
    python benchmarks/rules.py tests/golden/articles.jsonl --profile

The tagger reads each article once; its output is kept, and everything else runs over it again and again: tokens, sentences,
header, the stages of the pipeline, the result. A row is the best of all rounds, in milliseconds an article, by
``time.process_time``, one thread. Rounds after the first find the caches of the words of these articles full, as in an archive.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

if __package__ in (None, ""):  # run as a script: its folder is on the path, the project's is not
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from arabic_news_ner.extractor import DEFAULT_MIN_SCORE
from arabic_news_ner.mentions.words import index_words
from arabic_news_ner.page.header import read_header
from arabic_news_ner.pipeline import STAGES, Resources, State, above, to_article
from arabic_news_ner.tagging.onnx.tagger import EmbeddedTagger
from arabic_news_ner.tagging.protocol import Tagged, TokenizedText
from arabic_news_ner.text.sentences import sentences as split_sentences
from arabic_news_ner.text.tokenize import tokenize
from benchmarks import peers

T = TypeVar("T")


@dataclass
class Clock:
    """Seconds of processor time by the name of a step."""

    seconds: dict[str, float] = field(default_factory=dict)

    def time(self, name: str, step: Callable[..., T], *arguments: object) -> T:
        """Run one step and add its time."""
        began = time.process_time()
        result = step(*arguments)
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began
        return result


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns 0, or 2 where the articles cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        texts = peers.read_articles(options.articles)
    except (OSError, ValueError, KeyError) as error:
        print(f"rules: {options.articles}: {error}", file=sys.stderr)
        return 2
    if not texts:
        print(f"rules: {options.articles} holds no articles", file=sys.stderr)
        return 2
    tagged, decoding = tag(texts, options.model, options.rounds)
    resources = Resources.load()
    print(table(measure(texts, tagged, resources, options.rounds), decoding, texts, options.model))
    if options.profile:
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(options.rounds):
            read_all(texts, tagged, resources, Clock())
        profile.disable()
        pstats.Stats(profile).sort_stats(options.profile).print_stats(50)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=Path, help='a file of {"text": ...} lines')
    parser.add_argument("--model", default="fast", help="the pack that tags the articles (default: fast)")
    parser.add_argument("--rounds", type=int, default=9, help="the best of so many rounds counts (default: 9)")
    parser.add_argument(
        "--profile",
        nargs="?",
        const="tottime",
        choices=["tottime", "cumulative"],
        help="list the functions that take most",
    )
    return parser


def tag(texts: Sequence[str], model: str, rounds: int) -> tuple[list[Tagged], float]:
    """What the tagger finds in each text, and the seconds that decoding its scores takes, which is Python, too."""
    tagger = EmbeddedTagger(model, threads=1)
    prepared = [prepare(text, Clock()) for text in texts]
    scores = tagger.score_texts(prepared)
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        found = [tagger.decode(text, own) for text, own in zip(prepared, scores, strict=True)]
        best = min(best, time.process_time() - began)
    return [above(one, DEFAULT_MIN_SCORE) for one in found], best


def prepare(text: str, clock: Clock) -> TokenizedText:
    """The tokens and sentences of a text, timed."""
    tokens = clock.time("tokens", tokenize, text)
    return TokenizedText(text, tokens, clock.time("sentences", split_sentences, text, tokens))


def read_all(texts: Sequence[str], tagged: Sequence[Tagged], resources: Resources, clock: Clock) -> None:
    """Read all articles once, each step timed."""
    for text, found in zip(texts, tagged, strict=True):
        prepared = prepare(text, clock)
        header = clock.time("header", read_header, text)
        state = State(prepared, found, header, clock.time("index of words", index_words, prepared), DEFAULT_MIN_SCORE)
        for name, stage in STAGES.items():
            state = clock.time(name, stage, state, resources)
        clock.time("article", to_article, state)


def measure(texts: Sequence[str], tagged: Sequence[Tagged], resources: Resources, rounds: int) -> dict[str, float]:
    """For each step the seconds that all texts take, the best of the rounds; one more round before them fills caches."""
    read_all(texts, tagged, resources, Clock())
    best: dict[str, float] = {}
    for _ in range(rounds):
        clock = Clock()
        read_all(texts, tagged, resources, clock)
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in clock.seconds.items()}
    return best


def table(best: dict[str, float], decoding: float, texts: Sequence[str], model: str) -> str:
    """Milliseconds an article of each step, for a terminal."""
    per_article = 1000 / len(texts)
    words = sum(len(text.split()) for text in texts) / len(texts)
    lines = [f"{len(texts)} articles of {words:.0f} words, tagged by {model}: milliseconds an article", ""]
    lines += [f"{name:24}{seconds * per_article:8.3f}" for name, seconds in best.items()]
    lines += ["", f"{'all of these':24}{sum(best.values()) * per_article:8.3f}"]
    lines += [f"{'decoding in the tagger':24}{decoding * per_article:8.3f}"]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
