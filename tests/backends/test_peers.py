"""CAMeL Tools, Stanza and transformers as they are, on small models that their own loaders read."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys

import pytest

from arabic_news_ner import Extractor, ModelError
from tests.conftest import DISPATCH

LONG = ["زار", "عبد", "الله", "اللافي", "مدينة", "سرت", "،"] * 300
SIGNS = ["\u200f", "زار", "\u0301", "بيروت", "😀", "."]


def loaded(request, backend):
    if backend == "stanza":
        return Extractor.load("stanza", path=request.getfixturevalue("stanza_file"), threads=1)
    if backend == "camel":
        pytest.importorskip("camel_tools")
    return Extractor.load(backend, path=request.getfixturevalue("bert_folder"), threads=1)


BACKENDS = [
    pytest.param("camel", marks=pytest.mark.camel),
    pytest.param("stanza", marks=pytest.mark.stanza),
    pytest.param("transformers", marks=pytest.mark.transformers),
]


@pytest.fixture(scope="module", params=BACKENDS)
def backend(request):
    return loaded(request, request.param)


def test_the_model_has_learned_its_articles(backend, corpus):
    right = found = wanted = 0
    for words, tags in corpus[:40]:
        (mine,) = backend.tag([words], scheme="native")
        a, b = ({(i, t) for i, t in enumerate(row) if t[0] == "B"} for row in (tags, mine))
        right, found, wanted = right + len(a & b), found + len(b), wanted + len(a)
    assert 2 * right / (found + wanted) > 0.6, (right, found, wanted)


def test_the_same_article_with_exact_offsets(backend):
    article = backend.extract(DISPATCH)
    for mention, _ in article.mentions():
        assert DISPATCH[mention.start : mention.end] == mention.text
        assert (mention.score is None) == (backend.tagger.name == "stanza")
    assert article.sentences


@pytest.mark.parametrize(
    "words", [LONG, SIGNS, ["ا" * 5000, "بيروت"], ["."]], ids=["long", "signs", "a long word", "stop"]
)
def test_as_many_tags_as_words(backend, words):
    for scheme in ("news", "native"):
        (tags,) = backend.tag([words], scheme=scheme)
        assert len(tags) == len(words)


def test_a_long_sentence_is_read_to_its_end(backend):
    (tags,) = backend.tag([LONG], scheme="native")
    first, last = tags[: len(tags) // 4], tags[-len(tags) // 4 :]
    assert any(t != "O" for t in first) == any(t != "O" for t in last)


def test_batches_do_not_matter(backend):
    sentences = [["زار", "عبد", "الله", "اللافي", "سرت"], ["قال", "اللافي"], LONG[:400]]
    assert backend.tag(sentences) == [backend.tag([s])[0] for s in sentences]


def test_empty_sentences_and_texts(backend):
    assert backend.tag([[], ["زار"], []]) == [[], backend.tag([["زار"]])[0], []]
    assert backend.extract("").entities == ()


def test_a_tagger_is_pickled_as_its_settings(backend):
    again = pickle.loads(pickle.dumps(backend))
    assert len(pickle.dumps(backend)) < 2_000
    assert again.extract(DISPATCH) == backend.extract(DISPATCH)


@pytest.mark.camel
def test_labels_are_those_of_the_recognizer(request, bert_folder, corpus):
    mine = loaded(request, "camel")
    from camel_tools.ner import NERecognizer

    sentences = [words for words, _ in corpus[:60]] + [LONG[:600]]
    theirs = NERecognizer(str(bert_folder), use_gpu=False).predict(sentences)
    for words, wanted, (labels, _) in zip(sentences, theirs, mine.tagger.label(sentences), strict=True):
        if len(wanted) == len(words):  # theirs leaves out words that give no piece
            assert labels == wanted


@pytest.mark.camel
def test_nothing_is_fetched_and_nothing_written_to_the_home(bert_folder, tmp_path):
    pytest.importorskip("camel_tools")
    code = (
        "import socket, sys\n"
        "def closed(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = closed; socket.create_connection = closed; socket.getaddrinfo = closed\n"
        "from arabic_news_ner import Extractor\n"
        f"print(len(Extractor.load('camel', path={str(bert_folder)!r}).extract(sys.stdin.read()).tokens))\n"
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CAMELTOOLS", "HF_", "XDG_"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=DISPATCH.encode(),
        capture_output=True,
        env={**environment, "HOME": str(home), "PYTHONPATH": os.getcwd()},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert not [p for p in home.rglob("*") if p.is_file()]


@pytest.mark.camel
def test_a_missing_default_model_names_the_command(tmp_path, monkeypatch):
    pytest.importorskip("camel_tools")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    with pytest.raises(ModelError, match="camel_data -i ner-arabert"):
        Extractor.load("camel")


@pytest.mark.stanza
def test_a_missing_stanza_model_names_the_command(tmp_path):
    pytest.importorskip("stanza")
    with pytest.raises(ModelError, match=r"stanza\.download\('ar'\)"):
        Extractor.load("stanza", path=tmp_path / "nothing")


@pytest.mark.transformers
def test_an_unknown_label_is_named_and_can_be_told(bert_folder, tmp_path):
    pytest.importorskip("transformers")
    import shutil

    folder = shutil.copytree(bert_folder, tmp_path / "copy")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["id2label"] = {k: v.replace("MISC", "PRODUCT") for k, v in config["id2label"].items()}
    config["label2id"] = {v: int(k) for k, v in config["id2label"].items()}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelError, match=r"unknown types: PRODUCT.*labels=\{'PRODUCT'"):
        Extractor.load("transformers", path=folder)
    told = Extractor.load("transformers", path=folder, labels={"PRODUCT": "ORG"}, threads=1)
    assert told.extract(DISPATCH).text == DISPATCH


@pytest.mark.transformers
@pytest.mark.parametrize("path", ["nowhere", "."])
def test_a_folder_without_a_model_is_named(path):
    pytest.importorskip("transformers")
    with pytest.raises(ModelError, match=r"no config\.json"):
        Extractor.load("transformers", path=path)


@pytest.mark.camel
def test_a_vote_with_the_embedded_model(bert_folder):
    pytest.importorskip("camel_tools")
    both = Extractor.load(["base", "camel"], path=bert_folder, vote=1, threads=1)
    names = {e.name for e in both.extract(DISPATCH).entities}
    assert {e.name for e in Extractor.load(threads=1).extract(DISPATCH).people} <= names
