"""A pack turned back to weights gives what went in, but for what eight and four bits lose."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnx")
torch = pytest.importorskip("torch")

from arabic_news_ner.tagging.onnx import pack as packs  # noqa: E402
from arabic_news_ner.tagging.onnx.vectors import WordVectors  # noqa: E402
from training.model.export import build, largest_inputs  # noqa: E402
from training.model.mean import mean  # noqa: E402
from training.model.restore import check_pieces, init_from, load, weights_of  # noqa: E402
from training.model.tagger import Encoder, Tagger, layers_in  # noqa: E402
from training.pack import HEADS, halved, platt, write  # noqa: E402

pytestmark = pytest.mark.train
SIZES = {head: len(labels) for head, labels in HEADS.items()}


def tagger(slots: int, seed: int = 1) -> Any:
    torch.manual_seed(seed)
    encoder = Encoder(60, width=64, layers=2, heads=2, inner=96, positions=40, slots=slots)
    made = Tagger(encoder, {**SIZES, "newsfane": 5}, vectors=8)
    torch.nn.init.normal_(made.vectors.weight, std=0.1)
    return made.eval()


def packed(folder: Path, source: Any, slots: int, word_bits: int, positions: int | None = None) -> Path:
    rng = random.Random(2)
    rows = [tuple(rng.randrange(5, 60) for _ in range(slots)) if slots else rng.randrange(5, 60) for _ in range(30)]
    vectors = np.random.default_rng(3).normal(size=(30, 8)).astype(np.float32)
    inputs = largest_inputs(source, [(rows, vectors)])
    model = build(source, list(HEADS), 7, inputs, word_bits=word_bits, positions=positions)
    folder.mkdir()
    (folder / packs.MODEL_FILE).write_bytes(model.SerializeToString())
    for name in (packs.TOKENIZER_FILE, packs.WORDS_FILE):
        (folder / name).write_bytes((packs.BUILT_IN / "base" / name).read_bytes())
    heads = [{"name": name, "labels": labels} for name, labels in HEADS.items()]
    manifest = {"protocol": packs.PROTOCOL, "name": "small", "version": "0", "heads": heads, "window": 40, "context": 4}
    write(folder, {**manifest, "slots": slots, "calibration": {}, "encoder": {}, "corpora": []})
    return folder


@pytest.mark.parametrize(("slots", "word_bits"), [(0, 8), (0, 4), (3, 4)])
def test_weights_come_back(tmp_path, slots, word_bits):
    source = tagger(slots)
    folder = packed(tmp_path / "pack", source, slots, word_bits)
    state, heads = weights_of(folder)
    assert heads == list(SIZES.items())
    assert layers_in(load(folder)[0]) == 2
    wanted = source.state_dict()
    shipped = sum(SIZES.values())
    for name, value in state.items():
        if ".qkv." in name or ".out." in name:
            continue  # a smoothing that cancels stays in both: the next test sees that it does
        there = wanted[name][:shipped] if name.startswith(("first", "last")) else wanted[name]
        if name == "encoder.word.weight":
            there = there.clone()
            there[1] = value[1]  # the filler of slots is exported as zeros
        assert value.shape == there.shape, name
        spread = float(there.std()) or 1.0
        lost = float((value - there).abs().mean()) / spread
        assert lost < (0.1 if name == "encoder.word.weight" else 0.02), name


def test_a_run_begins_where_the_pack_ended(tmp_path):
    source = tagger(0)
    folder = packed(tmp_path / "pack", source, 0, 8)
    other = tagger(0, seed=9)
    kept = other.state_dict()["first.weight"][-5:].clone()
    init_from(other, load(folder))
    ids = torch.randint(5, 60, (1, 12))
    at = torch.arange(12)
    shipped = sum(SIZES.values())
    with torch.no_grad():
        new, old = other(ids, None, at, at)[:, :shipped], source(ids, None, at, at)[:, :shipped]
    assert float((new - old).abs().max()) < 0.15 * float(old.std())
    assert torch.equal(other.state_dict()["first.weight"][-5:], kept)  # a head that no pack carries


def test_positions_past_a_packs_window_stay(tmp_path):
    source, other = tagger(0), tagger(0, seed=9)
    folder = packed(tmp_path / "pack", source, 0, 8, positions=32)
    own = other.state_dict()["encoder.position.weight"].clone()
    init_from(other, load(folder))
    new = other.state_dict()["encoder.position.weight"]
    assert torch.allclose(new[:32], source.state_dict()["encoder.position.weight"][:32], atol=1e-2)
    assert torch.equal(new[32:], own[32:])
    assert len(load(folder)[0]["encoder.position.weight"]) == 32


@pytest.mark.parametrize(
    ("change", "said"), [({"inner": 80}, r"0\.down\.weight: \(64, 96\)"), ({"layers": 3}, "2 layers do not fit 3")]
)
def test_weights_that_do_not_fit_are_refused(tmp_path, change, said):
    folder = packed(tmp_path / "pack", tagger(0), 0, 8)
    shape = {"width": 64, "layers": 2, "heads": 2, "inner": 96, "positions": 40, **change}
    with pytest.raises(SystemExit, match=said):
        init_from(Tagger(Encoder(60, **shape), SIZES, vectors=8), load(folder))


def test_a_packs_table_of_words_is_halved(tmp_path):
    content = (packs.BUILT_IN / "fast" / packs.WORDS_FILE).read_bytes()
    short = halved(content)
    assert halved(short) == short
    before, after = WordVectors(content), WordVectors(short)
    words = ["القاهرة", "والرئيس", "طرابلس", "هخقثصض", "2025"]
    assert np.array_equal(*(t.vectors([t.row(w) for w in words]) for t in (before, after)))
    assert len(before) - len(after) < 5


def test_the_mean_of_two_runs(tmp_path):
    states = []
    for name in ("one", "two"):
        made = Tagger(Encoder(40, layers=1, inner=16), SIZES)
        torch.save({"model": made.state_dict(), "heads": SIZES}, tmp_path / f"{name}.pt")
        states.append(made.state_dict())
    found = mean(tmp_path / "one.pt", tmp_path / "two.pt", 0.25)
    for name, value in found.items():
        assert torch.allclose(value, 0.25 * states[0][name] + 0.75 * states[1][name], atol=1e-6), name


def test_a_manifest_says_what_the_graph_reads(tmp_path):
    folder = packed(tmp_path / "pack", tagger(3), 3, 4)
    assert json.loads((folder / packs.MANIFEST).read_text(encoding="utf-8"))["slots"] == packs.load(folder).slots == 3


def test_scores_are_calibrated_where_nearly_all_are_sure():
    rng = np.random.default_rng(5)
    raw = np.clip(rng.beta(4, 0.2, 400), 1e-4, 1 - 1e-4)  # Newton's method without damping leaps away from these
    right = rng.random(400) < 1 / (1 + np.exp(-(0.6 * np.log(raw / (1 - raw)) - 0.4)))
    slope, offset = platt(raw, right.astype(float))
    assert 0.4 < slope < 0.8
    assert -1.2 < offset < 0.4
    fitted = 1 / (1 + np.exp(-(slope * np.log(raw / (1 - raw)) + offset)))
    assert abs(fitted.mean() - right.mean()) < 0.01


def test_few_mentions_leave_scores_nearly_as_they_are():
    assert platt(np.array([0.9]), np.array([1.0])) == pytest.approx((1.0, 0.0), abs=0.2)


def test_a_run_from_a_pack_reads_its_pieces(tmp_path):
    rows = {"pack": ["a", "b", "c"], "same": ["a", "b", "c"], "other": ["a", "c", "b"]}
    for name, pieces in rows.items():
        (tmp_path / name).mkdir()
        content = json.dumps({"model": {"vocab": [[piece, -1.0 * len(name)] for piece in pieces]}})
        (tmp_path / name / packs.TOKENIZER_FILE).write_text(content, encoding="utf-8")
    check_pieces(tmp_path / "pack", tmp_path / "same")
    with pytest.raises(SystemExit, match="are not those of the pack"):
        check_pieces(tmp_path / "pack", tmp_path / "other")
