"""Each target takes inputs and gives them to the part of the library that it is named for. Counted, not timed."""

from __future__ import annotations

import importlib.util

import pytest

from tests.fuzz import targets
from tests.fuzz.run import fuzz
from tests.fuzz.seeds import FILES, LONGEST, TESTS, seeds

#: For each target the function that must be called, and the module that looks it up.
CALLED = {
    "tokenize": (targets, "tokenize"),
    "sentences": (targets, "sentences"),
    "normalize": (targets, "normalize"),
    "read_page": (importlib.import_module("arabic_news_ner.page.read"), "split_page"),
    "read_html": (importlib.import_module("arabic_news_ner.page.read"), "read_html"),
    "find_dates": (targets, "find_dates"),
    "from_dict": (targets.Article, "from_dict"),
    "manifest": (targets.pack, "read_manifest"),
    "search": (targets.EntityIndex, "search"),
    "entities": (importlib.import_module("tests.entities.markup"), "run"),
}
INPUTS = ("", "قال الوزير في طرابلس.", "<p>قال", "</article>\n12/12/2024", '{"text": "قال"}')


def test_every_target_is_checked():
    assert CALLED.keys() == targets.TARGETS.keys()


@pytest.mark.parametrize("target", targets.TARGETS)
def test_each_input_reaches_the_library(target, monkeypatch):
    owner, name = CALLED[target]
    real, seen = getattr(owner, name), []

    def counted(*args, **named):
        seen.append(args)
        return real(*args, **named)

    monkeypatch.setattr(owner, name, counted)
    for text in INPUTS:
        before = len(seen)
        targets.TARGETS[target](text)
        assert len(seen) > before, text


@pytest.mark.parametrize("target", targets.TARGETS)
def test_every_seed_keeps_the_promises(target):
    assert all(list(TESTS.glob(pattern)) for pattern in FILES[target])
    texts = seeds(target)
    assert texts
    assert max(len(text.encode()) for text in texts) <= LONGEST
    for text in texts:
        targets.TARGETS[target](text)


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="needs atheris")
@pytest.mark.parametrize("target", targets.TARGETS)
def test_the_fuzzer_gives_as_many_inputs_as_asked(target, tmp_path):
    assert fuzz(target, tmp_path, "-runs=100") >= 100


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="needs atheris")
def test_a_target_that_cannot_run_is_reported(tmp_path):
    with pytest.raises(SystemExit, match="status 1 after 0 inputs"):
        fuzz("no_target", tmp_path, "-runs=100")
