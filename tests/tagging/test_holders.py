"""The networks of the holder pointer, against the same sums written out pair by pair."""

from __future__ import annotations

import io

import numpy as np
import pytest

from arabic_news_ner.tagging.onnx.holders import ARRAYS, HolderNetwork, TextHolders
from arabic_news_ner.tagging.onnx.pack import Calibration

WIDTH, FEATURES, HIDDEN = 3, 2, 4
SHAPES = {
    "pair.w": (3 * WIDTH + FEATURES, HIDDEN),
    "pair.b": (HIDDEN,),
    "pair.out": (HIDDEN,),
    "nobody.w": (WIDTH, HIDDEN),
    "nobody.b": (HIDDEN,),
    "nobody.out": (HIDDEN,),
    "nobody.offset": (1,),
}


def stored(**changes):
    rng = np.random.default_rng(3)
    arrays = {name: rng.normal(size=SHAPES[name]).astype(np.float16) for name in ARRAYS}
    out = io.BytesIO()
    np.savez(out, **{**arrays, **changes})
    return out.getvalue(), arrays


def test_scores_are_those_of_each_pair_alone():
    content, a = stored()
    rng = np.random.default_rng(4)
    vectors = rng.normal(size=(9, 4 * WIDTH)).astype(np.float32)
    roles, people = [(0, 2), (4, 4)], [(3, 3), (5, 6), (8, 8)]
    features = rng.normal(size=(2, 3, FEATURES)).astype(np.float32)
    pairs, nobody = TextHolders(HolderNetwork.read(content), vectors, None).scores(roles, people, features)
    for i, (first, last) in enumerate(roles):
        role = np.tanh(vectors[first, :WIDTH] + vectors[last, WIDTH : 2 * WIDTH])
        wanted = np.maximum(role @ a["nobody.w"] + a["nobody.b"], 0) @ a["nobody.out"] + a["nobody.offset"][0]
        assert nobody[i] == pytest.approx(wanted, abs=1e-4)
        for j, (start, end) in enumerate(people):
            person = np.tanh(vectors[start, 2 * WIDTH : 3 * WIDTH] + vectors[end, 3 * WIDTH :])
            inputs = np.concatenate([role, person, role * person, features[i, j]])
            wanted = np.maximum(inputs @ a["pair.w"] + a["pair.b"], 0) @ a["pair.out"]
            assert pairs[i, j] == pytest.approx(wanted, abs=1e-4)


def test_a_text_without_people_has_scores_of_nobody():
    content, _ = stored()
    pointer = TextHolders(HolderNetwork.read(content), np.ones((2, 4 * WIDTH), np.float32), None)
    pairs, nobody = pointer.scores([(0, 1)], [], np.zeros((1, 0, FEATURES), np.float32))
    assert pairs.shape == (1, 0)
    assert nobody.shape == (1,)


def test_features_of_another_number_are_refused():
    content, _ = stored()
    pointer = TextHolders(HolderNetwork.read(content), np.ones((2, 4 * WIDTH), np.float32), None)
    with pytest.raises(ValueError, match=r"features \(1, 1, 3\), expected \(1, 1, 2\)"):
        pointer.scores([(0, 1)], [(0, 0)], np.zeros((1, 1, 3), np.float32))


def test_a_missing_array_is_named():
    out = io.BytesIO()
    np.savez(out, **{name: np.zeros(SHAPES[name], np.float16) for name in ARRAYS if name != "pair.out"})
    with pytest.raises(ValueError, match=r"no array 'pair\.out'"):
        HolderNetwork.read(out.getvalue())


def test_the_chosen_probability_is_calibrated():
    content, _ = stored()
    network = HolderNetwork.read(content)
    vectors = np.ones((1, 4 * WIDTH), np.float32)
    assert TextHolders(network, vectors, None).calibrated(0.8) == 0.8
    assert TextHolders(network, vectors, Calibration(0.0, 0.0)).calibrated(0.8) == 0.5
