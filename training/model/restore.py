"""A pack back to weights: training goes on from a released pack where its checkpoint is not at hand.

What the graph holds is undone number by number: int8 weights times their scales, divided by the smoothing of
``training.model.export``; four-bit embeddings times theirs. The smoothing between the values and the output of attention is left
in both, since it cancels. Heads that a pack does not carry (those used while training only) are missing from the result.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from arabic_news_ner.tagging.onnx import pack as packs
from training.model.export import BLOCK, LINEARS
from training.model.tagger import Tagger, layers_in

#: Weights by their names in ``training.model.tagger.Tagger``, and, where they are a pack's, its heads with their sizes, in
#: the order of the rows of ``first`` and ``last``.
Weights = tuple[dict[str, torch.Tensor], list[tuple[str, int]]]


def weights_of(folder: Path) -> Weights:
    """The weights of a pack."""
    loaded = packs.load(folder)
    model = onnx.load_model_from_string(loaded.model)
    a = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    state: dict[str, np.ndarray] = {
        "encoder.word.weight": _embeddings(a),
        "encoder.position.weight": a["positions"].astype(np.float32),
        "encoder.norm.weight": a["norm.w"],
        "encoder.norm.bias": a["norm.b"],
        "first.weight": a["first.w"].T,
        "first.bias": a["first.b"],
        "last.weight": a["last.w"].T,
    }
    if "slots" in a:
        state["encoder.slots"] = a["slots"]
    if "vectors.w" in a:
        state["vectors.weight"] = a["vectors.w"].T
    layers = 1 + max(int(name[1:].split(".")[0]) for name in a if name[0] == "l" and name[1].isdigit())
    for i in range(layers):
        for part in LINEARS:
            name = f"l{i}.{part}"
            state[f"encoder.layers.{i}.{part}.weight"] = _linear(a, name)
            state[f"encoder.layers.{i}.{part}.bias"] = a[name + ".b"]
        for short, norm in (("n1", "norm1"), ("n2", "norm2")):
            state[f"encoder.layers.{i}.{norm}.weight"] = a[f"l{i}.{short}.w"]
            state[f"encoder.layers.{i}.{norm}.bias"] = a[f"l{i}.{short}.b"]
    heads = [(name, len(labels)) for name, labels in loaded.heads.items()]
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()}, heads


def load(source: Path) -> Weights:
    """The weights of another run (``best.pt``) or of a pack (a folder)."""
    if source.is_dir():
        return weights_of(source)
    return torch.load(source, weights_only=True)["model"], []


def check_pieces(source: Path, encoder: Path) -> None:
    """A run that begins with a pack must read the pack's own pieces: other tables of the same size number them otherwise.

    :raises SystemExit: if ``source`` is a pack and the tokenizer in the folder ``encoder`` has other pieces.
    """
    if not source.is_dir():
        return
    theirs, ours = (
        [
            piece
            for piece, _ in json.loads((folder / packs.TOKENIZER_FILE).read_text(encoding="utf-8"))["model"]["vocab"]
        ]
        for folder in (source, encoder)
    )
    if theirs != ours:
        raise SystemExit(f"the pieces of {encoder} are not those of the pack {source}: pass --encoder {source}")


def init_from(tagger: Tagger, weights: Weights) -> None:
    """Give a tagger the weights of another run or of a pack; what these do not have it keeps: the rows of heads that a pack
    lacks or has with another number of labels, positions past a pack's window, heads used while training only.

    :raises SystemExit: if a weight has another shape, or the encoder another number of layers.
    """
    state, heads = weights
    own = tagger.state_dict()
    rows = {name: own[name].clone() for name in ("first.weight", "first.bias", "last.weight")}
    at = 0
    for head, size in heads:
        if tagger.sizes.get(head) == size:
            for name, value in rows.items():
                value[tagger.columns(head)] = state[name][at : at + size]
        at += size
    places = own["encoder.position.weight"].clone()
    places[: len(state["encoder.position.weight"])] = state["encoder.position.weight"]
    given = {**state, **(rows if heads else {}), "encoder.position.weight": places}
    if wrong := sorted(n for n in given.keys() & own.keys() if given[n].shape != own[n].shape):
        raise SystemExit(
            f"{wrong[0]}: {tuple(given[wrong[0]].shape)} does not fit {tuple(own[wrong[0]].shape)}; begin with a run alike"
        )
    if layers_in(state) != len(tagger.encoder.layers):
        raise SystemExit(f"{layers_in(state)} layers do not fit {len(tagger.encoder.layers)}; begin with a run alike")
    tagger.load_state_dict({**own, **{n: v for n, v in given.items() if n in own}})


def _linear(a: dict[str, np.ndarray], name: str) -> np.ndarray:
    """The weight (rows, columns) of a linear layer."""
    weight = a[name + ".w"].T.astype(np.float32)
    if name + ".s" in a:
        weight = weight * a[name + ".s"][:, None]
    return weight * a[name + ".f"] if name + ".f" in a else weight


def _embeddings(a: dict[str, np.ndarray]) -> np.ndarray:
    """The piece embeddings (pieces, width) of a graph with 4, 8 or 32 bits a value."""
    word = a["word"]
    if "word.blocks" in a:
        values = np.concatenate([word & 15, word >> 4], axis=1).astype(np.float32) - 8
        scales = a["word.s"][..., 0].astype(np.float32)
        return (values.reshape(len(word), -1, BLOCK) * scales[..., None]).reshape(len(word), -1)
    return word.astype(np.float32) * a["word.s"] if "word.s" in a else word
