"""Packs, knowledge base and lexicon that are damaged or made by a stranger: a ModelError, before anything large is read."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from arabic_news_ner import manifest as manifests
from arabic_news_ner.errors import ModelError
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking import knowledge_base
from arabic_news_ner.manifest import load_arrays, read_manifest
from arabic_news_ner.page import line_model, tables
from arabic_news_ner.tagging.onnx import pack
from arabic_news_ner.tagging.onnx.tagger import EmbeddedTagger
from arabic_news_ner.tagging.onnx.vectors import WordVectors

FILES = ("model.onnx", "tokenizer.json", "words.npz")


@pytest.fixture
def folder(tmp_path):
    """The pack "fast", its files linked; :func:`put` replaces one."""
    copy = tmp_path / "pack"
    copy.mkdir()
    for file in (pack.BUILT_IN / "fast").iterdir():
        os.link(file, copy / file.name) if file.stat().st_dev == copy.stat().st_dev else shutil.copy(file, copy)
    return copy


def put(folder, name, content):
    (folder / name).unlink(missing_ok=True)
    (folder / name).write_bytes(content)


def manifest_of(folder):
    return json.loads((folder / pack.MANIFEST).read_text(encoding="utf-8"))


def edit(folder, **changes):
    put(folder, pack.MANIFEST, json.dumps({**manifest_of(folder), **changes}).encode())


def put_listed(folder, name, content):
    """A file that the manifest vouches for."""
    put(folder, name, content)
    entry = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    edit(folder, files={**manifest_of(folder)["files"], name: entry})


def refuses(folder, match):
    with pytest.raises(ModelError, match=match) as caught:
        EmbeddedTagger(folder, threads=1)
    assert str(folder) in str(caught.value)


def test_the_pack_itself_loads(folder):
    assert EmbeddedTagger(folder, threads=1).name == "fast"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("damage", "match"),
    [
        (lambda c: b"", "has 0 bytes, expected"),
        (lambda c: c[:-1], "bytes, expected"),
        (lambda c: c + b"\0", "bytes, expected"),
        (lambda c: bytes([c[0] ^ 1]) + c[1:], "has SHA-256"),
        (lambda c: c[:-1] + bytes([c[-1] ^ 128]), "has SHA-256"),
    ],
    ids=["empty", "cut", "longer", "first bit", "last bit"],
)
def test_a_damaged_file_is_refused(folder, name, damage, match):
    put(folder, name, damage((folder / name).read_bytes()))
    refuses(folder, f"{name} {match}" if match.startswith("has") else match)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_there_or_another_one_is_refused(folder, name):
    other = FILES[FILES.index(name) - 1]
    content = (folder / other).read_bytes()
    (folder / name).unlink()
    refuses(folder, f"{name} cannot be read")
    (folder / name).mkdir()
    refuses(folder, f"{name} is not a file")
    (folder / name).rmdir()
    put(folder, name, content)
    refuses(folder, f"{name} has .* bytes, expected")
    put_listed(folder, name, content)
    refuses(folder, "cannot be loaded")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(folder):
    (folder / "words.npz").unlink()
    os.mkfifo(folder / "words.npz")
    refuses(folder, r"words\.npz is not a file")


def test_a_link_that_leaves_the_folder_is_refused(folder, tmp_path):
    outside = tmp_path / "outside.json"
    shutil.copy(folder / "tokenizer.json", outside)
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer.json").symlink_to(outside)
    refuses(folder, r"tokenizer\.json is a link that leaves the folder")
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer.json").symlink_to("tokenizer.json")
    refuses(folder, r"tokenizer\.json cannot be read")


def test_links_inside_the_folder_and_to_the_folder_are_followed(folder, tmp_path):
    (folder / "tokenizer.json").rename(folder / "real.json")
    (folder / "tokenizer.json").symlink_to("real.json")
    (tmp_path / "link").symlink_to(folder)
    assert EmbeddedTagger(tmp_path / "link", threads=1).name == "fast"


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/b", "a\\b", "C:x", ".", "..", "", ".hidden", "a\0b"])
def test_names_of_files_that_leave_the_folder_are_refused(folder, name):
    edit(folder, files={**manifest_of(folder)["files"], name: {"bytes": 1, "sha256": "0" * 64}})
    refuses(folder, "is no plain file name")


@pytest.mark.parametrize(
    "entry",
    [
        None,
        5,
        "short",
        [],
        {},
        {"bytes": 5},
        {"sha256": 5},
        {"sha256": "0" * 64, "bytes": "9"},
        {"sha256": "0" * 64, "bytes": -1},
    ],
)
def test_entries_of_files_of_other_types_are_refused(folder, entry):
    edit(folder, files={**manifest_of(folder)["files"], "model.onnx": entry})
    refuses(folder, r"gives model\.onnx no size in bytes and SHA-256")


@pytest.mark.parametrize("protocol", [0, 99, "1", 1.0, True, None, [1]])
def test_other_protocols_are_refused(folder, protocol):
    edit(folder, protocol=protocol)
    refuses(folder, "has protocol")


WRONG = [
    ("window", "400"), ("window", None), ("window", 400.0), ("window", True), ("window", 0), ("window", -5), ("window", 10**9),
    ("window", 100), ("context", None), ("context", "64"), ("context", -1), ("slots", None), ("slots", -1), ("slots", 10**6),
    ("slots", True), ("calibration", []), ("calibration", None), ("calibration", {"PER": [1, 0]}),
    ("calibration", {"PER": {"slope": 1}}), ("calibration", {"PER": {"slope": "1", "offset": 0}}),
    ("calibration", {"PER": {"slope": 1, "offset": 0, "more": 1}}), ("name", 5), ("name", ""), ("version", 1.3),
    ("heads", {}), ("heads", []), ("heads", ["news"]), ("heads", [{"name": "news"}]),
    ("heads", [{"name": "news", "labels": "O"}]),
    ("heads", [{"name": "news", "labels": []}]), ("heads", [{"name": "news", "labels": ["O", "O"]}]),
    ("heads", [{"name": "news", "labels": [1]}]), ("files", None), ("files", []),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), WRONG, ids=lambda v: str(v)[:40])
def test_values_of_other_types_are_refused(folder, field, value):
    edit(folder, **{field: value})
    refuses(folder, "is damaged")


def test_numbers_that_json_does_not_have_are_refused(folder):
    text = (folder / pack.MANIFEST).read_text(encoding="utf-8")
    put(folder, pack.MANIFEST, text.replace('"slope": ', '"slope": NaN, "x": ', 1).encode())
    refuses(folder, "NaN is no number")


def test_heads_in_another_order_or_with_other_labels_are_refused(folder):
    heads = manifest_of(folder)["heads"]
    edit(folder, heads=heads[::-1])
    refuses(folder, "expected the order")
    swapped = [{**h, "labels": [h["labels"][0], *h["labels"][:0:-1]]} if h["name"] == "news" else h for h in heads]
    edit(folder, heads=swapped)
    refuses(folder, "labels of the head 'news'")


@pytest.mark.parametrize("drop", [-1, -2])
def test_heads_that_do_not_fit_the_graph_are_refused(folder, drop):
    heads = manifest_of(folder)["heads"]
    edit(folder, heads=heads[:drop])
    refuses(folder, "the graph gives")


@pytest.mark.parametrize("slots", [0, 3])
def test_slots_that_do_not_fit_the_graph_are_refused(folder, slots):
    edit(folder, slots=slots)
    refuses(folder, "the graph reads")


def test_a_pack_without_the_word_vectors_that_its_graph_reads_is_refused(folder):
    files = manifest_of(folder)["files"]
    del files["words.npz"]
    edit(folder, files=files)
    refuses(folder, "the graph reads")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"5", b"null", b"\xff", b"[" * 100_000, b'{"protocol": 1}' + b" " * 1_000_001],
    ids=range(8),
)
def test_a_manifest_that_is_none_is_refused(folder, content):
    put(folder, pack.MANIFEST, content)
    refuses(folder, r"pack\.json")


def test_a_file_that_is_too_large_is_not_read(folder, monkeypatch):
    monkeypatch.setattr(manifests, "LARGEST_FILE", 1_000)
    refuses(folder, "at most 1000 are read")


def test_a_size_is_checked_before_a_byte_is_read(folder):
    sparse = folder / "model.onnx"
    sparse.unlink()
    with sparse.open("wb") as file:
        file.truncate(10**12)  # takes no room on the disk; to read it would take a terabyte of memory
    refuses(folder, r"model\.onnx has 1000000000000 bytes, expected")
    files = manifest_of(folder)["files"]
    edit(folder, files={**files, "model.onnx": {**files["model.onnx"], "bytes": 10**12}})
    refuses(folder, "at most 1000000000 are read")


# arrays


def npz(**arrays):
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def claiming(shape, descr="<f2", data=b"\0" * 64):
    """An npz file whose arrays have a header of any shape."""
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    array = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("keys", "codes", "prototypes"):
            archive.writestr(f"{name}.npy", array)
    return out.getvalue()


GOOD = {
    "keys": np.array([1, 2, 3], np.uint64),
    "codes": np.zeros((3, 2), np.uint8),
    "prototypes": np.ones((2, 256, 4), np.float16),
}


def test_good_arrays_load():
    assert len(WordVectors(npz(**GOOD))) == 4


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"prototypes": np.full((2, 256, 4), np.nan, np.float16)}, "no number"),
        ({"prototypes": np.full((2, 256, 4), np.inf, np.float16)}, "no number"),
        ({"prototypes": np.ones((2, 255, 4), np.float16)}, "do not fit"),
        ({"prototypes": np.ones((2, 256), np.float16)}, "shapes are"),
        ({"prototypes": np.ones((2, 256, 4), np.int64)}, "prototypes int64"),
        ({"codes": np.zeros((3, 3), np.uint8)}, "do not fit"),
        ({"codes": np.zeros((3, 2), np.int64)}, "codes are int64"),
        ({"keys": np.array([3, 2, 1], np.uint64)}, "do not rise"),
        ({"keys": np.array([1, 1, 2], np.uint64)}, "do not rise"),
        ({"keys": np.array([1, 2, 3], np.float64)}, "keys are float64"),
        ({"keys": np.array(5, np.uint64)}, "shapes are"),
        ({"keys": np.array([{}, {}, {}], object)}, "holds Python objects"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change, match):
    with pytest.raises(ValueError, match=match):
        WordVectors(npz(**{**GOOD, **change}))


@pytest.mark.parametrize("shape", ["(1000000000000,)", "(1000000, 1000000)", "(-1,)", "(3,)", f"({10**30},)"])
def test_shapes_that_claim_more_than_there_is_are_refused_before_memory_is_taken(shape):
    with pytest.raises(ValueError, match="claims"):
        load_arrays(claiming(shape), ("keys",))


def test_other_arrays_and_archives_are_refused():
    for content in (b"", b"PK", npz(**GOOD)[:-30], npz(other=np.zeros(3))):
        with pytest.raises(ValueError, match=r"no npz file|no array"):
            load_arrays(content, ("keys",))
    with pytest.raises(ValueError, match="Python objects"):
        load_arrays(claiming("(8,)", "|O"), ("keys",))


def test_what_unfolds_to_too_much_is_refused(monkeypatch):
    out = io.BytesIO()
    np.savez_compressed(out, keys=np.zeros(1_000_000, np.uint64))
    monkeypatch.setattr(manifests, "LARGEST_FILE", 100_000)
    with pytest.raises(ValueError, match="at most 100000 are read"):
        load_arrays(out.getvalue(), ("keys",))


# graphs


def graph(**tensor):
    onnx = pytest.importorskip("onnx")
    weight = onnx.TensorProto(
        name="w", data_type=1, dims=tensor.get("dims", [4, 1]), raw_data=tensor.get("raw_data", b"\0" * 16)
    )
    if "location" in tensor:
        weight.ClearField("raw_data")
        weight.data_location = onnx.TensorProto.EXTERNAL
        weight.external_data.add(key="location", value=tensor["location"])
    make = onnx.helper
    ids = make.make_tensor_value_info("ids", onnx.TensorProto.INT64, [1, "pieces"])
    first = make.make_tensor_value_info("first", onnx.TensorProto.FLOAT, None)
    body = make.make_graph([make.make_node("Gather", ["w", "ids"], ["first"])], "g", [ids], [first], [weight])
    return make.make_model(body, opset_imports=[make.make_opsetid("", 17)], ir_version=9).SerializeToString()


@pytest.mark.train
@pytest.mark.parametrize("dims", [[10**12], [10**6, 10**6]])
def test_a_graph_that_claims_terabytes_is_refused(folder, dims):
    put_listed(folder, "model.onnx", graph(dims=dims))
    refuses(folder, "cannot be loaded")


@pytest.mark.train
@pytest.mark.parametrize("location", ["secret.bin", "../secret.bin", "/etc/hostname"])
def test_a_graph_that_reads_other_files_is_refused(folder, location, monkeypatch):
    (folder / "secret.bin").write_bytes(b"\0" * 16)
    monkeypatch.chdir(folder)
    put_listed(folder, "model.onnx", graph(location=location))
    refuses(folder, "files of its own")


@pytest.mark.train
def test_a_graph_of_other_outputs_is_refused(folder):
    put_listed(folder, "model.onnx", graph())
    refuses(folder, "the graph reads")


# the other folders with a manifest


@pytest.mark.parametrize(
    ("where", "load", "name"),
    [
        (knowledge_base.FOLDER, lambda folder: knowledge_base.Knowledge(folder, Lexicon.load()), None),
        (knowledge_base.FOLDER.parent / "lexicon", Lexicon.read, None),
        (tables.FOLDER, lambda folder: [*tables.rows("given_names.txt", 1, folder)], "given_names.txt"),
        (tables.FOLDER / "lines", line_model.load, None),
    ],
    ids=["knowledge", "lexicon", "page", "lines"],
)
def test_knowledge_lexicon_and_page_tables_are_held_against_their_manifests(tmp_path, where, load, name):
    copy = tmp_path / where.name
    shutil.copytree(where, copy)
    load(copy)
    name = name or sorted(read_manifest(copy, "the data", (1, 2, 3, 4, 5)).content["files"])[0]
    content = (copy / name).read_bytes()
    for damaged in (b"", content[:-1], bytes([content[0] ^ 1]) + content[1:]):
        (copy / name).write_bytes(damaged)
        with pytest.raises(ModelError, match=f"is damaged: {name}"):
            load(copy)
    (copy / name).write_bytes(content)
    told = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    for changed in ({**told, "protocol": 99}, {**told, "files": None}, {**told, "files": {"../x": "0" * 64}}, [], None):
        (copy / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(ModelError):
            load(copy)


def test_nothing_of_the_package_unpickles():
    """A process of its own, in which no module has yet taken ``pickle.load`` for itself, reads packs, knowledge, lexicon
    and an article."""
    script = """
import _pickle, pickle, sys
def refused(*_, **__):
    sys.exit("a pickle was read")
class Refused:
    __init__ = refused
for module in (pickle, _pickle):
    for name in ("load", "loads", "Unpickler"):
        setattr(module, name, Refused if name == "Unpickler" else refused)
pickle._load = pickle._loads = refused
pickle._Unpickler = Refused
from arabic_news_ner import Extractor
for pack in ("base", "fast"):
    article = Extractor.load(pack, threads=1).extract("التقى وزير الخارجية سيرغي لافروف رئيس الحكومة في طرابلس.")
    assert article.people
print("read")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "read"), done.stderr
