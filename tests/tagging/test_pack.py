"""Packs are checked before use: damaged, missing and foreign ones are refused with a remedy."""

from __future__ import annotations

import json
import shutil

import pytest

from arabic_news_ner.errors import ModelError
from arabic_news_ner.tagging.onnx import pack
from arabic_news_ner.tagging.onnx.tagger import EmbeddedTagger


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(pack.BUILT_IN / "base", folder)
    return folder


def edit(folder, **changes):
    path = folder / pack.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, **changes}), encoding="utf-8")


def test_the_copy_of_a_pack_loads(copy):
    assert pack.load(copy).name == "base"


@pytest.mark.parametrize(("written", "slots"), [({}, 0), ({"slots": 0}, 0), ({"slots": 4}, 4)])
def test_a_pack_reads_pieces_unless_it_says_how_many_make_a_token(copy, written, slots):
    manifest = json.loads((copy / pack.MANIFEST).read_text(encoding="utf-8"))
    manifest.pop("slots", None)
    (copy / pack.MANIFEST).write_text(json.dumps({**manifest, **written}), encoding="utf-8")
    assert pack.load(copy).slots == slots


@pytest.mark.parametrize("name", [pack.MODEL_FILE, pack.TOKENIZER_FILE])
def test_one_changed_bit_is_seen(copy, name):
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{name} has SHA-256"):
        pack.load(copy)


@pytest.mark.parametrize("name", [pack.MODEL_FILE, pack.TOKENIZER_FILE])
def test_a_cut_file_is_seen(copy, name):
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content[:-1])
    with pytest.raises(ModelError, match=rf"{name} has {len(content) - 1} bytes, expected {len(content)}"):
        EmbeddedTagger(copy)


@pytest.mark.parametrize("name", [pack.MODEL_FILE, pack.TOKENIZER_FILE])
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} cannot be read.*Copy the folder again"):
        pack.load(copy)


def test_another_protocol_is_refused(copy):
    edit(copy, protocol=pack.PROTOCOL + 1)
    with pytest.raises(ModelError, match=r"has protocol 3.*reads protocols 1 and 2"):
        pack.load(copy)


def test_a_manifest_without_a_field_is_refused(copy):
    manifest = json.loads((copy / pack.MANIFEST).read_text(encoding="utf-8"))
    del manifest["window"]
    (copy / pack.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=r"damaged.*window"):
        pack.load(copy)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\udcff"])
def test_a_manifest_that_is_none_is_refused(copy, content):
    (copy / pack.MANIFEST).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ModelError, match=r"is damaged: pack.json"):
        pack.load(copy)


def test_an_unknown_name_lists_the_packs():
    with pytest.raises(ModelError, match=r"no model pack 'large'.*'base'"):
        pack.load("large")


def test_a_graph_that_is_none_is_refused_although_its_sum_fits(copy):
    import hashlib

    (copy / pack.MODEL_FILE).write_bytes(b"no graph")
    manifest = json.loads((copy / pack.MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][pack.MODEL_FILE] = {"bytes": 8, "sha256": hashlib.sha256(b"no graph").hexdigest()}
    edit(copy, files=manifest["files"])
    with pytest.raises(ModelError, match="cannot be loaded"):
        EmbeddedTagger(copy)
