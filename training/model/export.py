"""The tagger as an ONNX graph: fused operators of ONNX Runtime, int8 weights, one window a run.

A graph reads one window, ``ids`` (1, pieces) int64, or (1, tokens, slots) where it reads whole tokens, and, where it was
trained with word vectors, ``vectors`` (1, pieces, width of a vector) float32, and gives ``first`` and ``last`` (pieces,
columns) float32: the scores of a unit are ``first[first piece] + last[last piece]``. There is no padding and so no mask:
what is computed for a window does not depend on any other window.

Weights are int8 with one scale an output channel, activations are quantized at run time with one scale a matrix. A few
columns of the activations are many times larger than the rest and would take all of that scale; so they are divided by
a factor a column, and the weights that read them multiplied by it, as SmoothQuant does (Xiao et al. 2023; alpha 0.8 gave
the smallest error of 0.3 to 1.0; largest values measured on training articles). Weights use 7 of the 8 bits:
with 8, processors without VNNI saturate when they add products of pairs, and would give other results than those with it
(ONNX Runtime documents this under "reduce_range").

Scores are equal to the last bit in ONNX Runtime 1.21 to 1.32 on one processor (``portable``: on those with AVX2 and with
AVX-512 alike). Of the operators used only LayerNormalization changed between these versions, so it is written out, with
``Mul(d, d)`` for ``Pow(d, 2)``, which no optimizer fuses back, and ``Div(1, d)`` for ``Reciprocal``, which may be approximated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from arabic_news_ner.tagging.onnx.windows import PAD, Piece
from training.model.tagger import PART, Tagger
from training.model.watch import watched

MICROSOFT = "com.microsoft"
OPSET = 17
IR_VERSION = 9


class Graph:
    """Nodes and initializers collected one by one."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, array: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def shared(self, name: str, array: np.ndarray) -> str:
        """A constant that several nodes read."""
        return name if any(i.name == name for i in self.initializers) else self.constant(name, array)

    def node(
        self, operator: str, inputs: Sequence[str], output: str | Sequence[str], domain: str = "", **attributes: Any
    ) -> str:
        outputs = [output] if isinstance(output, str) else list(output)
        self.nodes.append(helper.make_node(operator, list(inputs), outputs, domain=domain, **attributes))
        return outputs[0]


def quantize(weight: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """int8 values and one float32 scale a row of (rows, columns)."""
    top = 2 ** (bits - 1) - 1
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-8) / top
    return np.clip(np.rint(weight / scale[:, None]), -top, top).astype(np.int8), scale.astype(np.float32)


#: Values of an embedding that share a scale where they take four bits.
BLOCK = 32


def quantize_blocks(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values 0 to 15 that stand for -8 to 7, uint8 (rows, columns), and scales float16 (rows, columns / 32).

    Of nine scales around the largest value of a block the one with the least squared error is taken.
    """
    blocks = weight.reshape(len(weight), -1, BLOCK)
    at = np.abs(blocks).argmax(axis=2)[..., None]
    top = np.take_along_axis(blocks, at, axis=2)
    best = np.full(top.shape, np.inf)
    scales = np.zeros(top.shape, np.float32)
    for part in np.linspace(0.8, 1.2, 9):
        scale = (top * part / -8).astype(np.float16).astype(np.float32)
        scale = np.where(scale == 0, 1e-6, scale)
        error = ((np.clip(np.rint(blocks / scale), -8, 7) * scale - blocks) ** 2).sum(axis=2, keepdims=True)
        scales = np.where(error < best, scale, scales)
        best = np.minimum(error, best)
    values = np.clip(np.rint(blocks / scales), -8, 7) + 8
    return values.astype(np.uint8).reshape(weight.shape), scales[..., 0].astype(np.float16)


def four_bits(graph: Graph, words: np.ndarray, slots: int = 0) -> str:
    """Nodes that look up ``ids`` in embeddings of four bits a value: two to a byte, the second half of a row on top."""
    free = [0, 0, 0] if slots else [0, 0]
    values, scales = quantize_blocks(words)
    half = words.shape[1] // 2
    packed = graph.constant("word", values[:, :half] | values[:, half:] << 4)
    rows = graph.node("Gather", [packed, "ids"], "word_rows")
    sixteen = graph.constant("word.16", np.array(16, np.uint8))
    low = graph.node("Mod", [rows, sixteen], "word_low")
    high = graph.node("Div", [rows, sixteen], "word_high")
    both = graph.node("Concat", [low, high], "word_both", axis=-1)
    floats = graph.node("Cast", [both], "word_floats", to=TensorProto.FLOAT)
    signed = graph.node("Sub", [floats, graph.constant("word.8", np.array(8, np.float32))], "word_signed")
    blocks = graph.node("Reshape", [signed, graph.constant("word.blocks", np.array([*free, -1, BLOCK]))], "word_blocks")
    halves = graph.node("Gather", [graph.constant("word.s", scales[..., None]), "ids"], "word_halves")
    factors = graph.node("Cast", [halves], "word_scales", to=TensorProto.FLOAT)
    scaled = graph.node("Mul", [blocks, factors], "word_scaled")
    return graph.node("Reshape", [scaled, graph.constant("word.row", np.array([*free, words.shape[1]]))], "embedded")


#: The linear layers whose input is smoothed, by the name of the weight that reads it.
LINEARS = ("qkv", "out", "up", "down")


def largest_inputs(
    tagger: Tagger, windows: Sequence[tuple[Sequence[Piece], np.ndarray | None]]
) -> dict[str, np.ndarray]:
    """The largest absolute value of each input column of each linear layer, over windows of piece ids and word vectors."""
    largest: dict[str, np.ndarray] = {}

    def see(name: str, given: torch.Tensor) -> None:
        top = given.abs().amax(0).float().numpy()
        largest[name] = np.maximum(largest.get(name, top), top)

    linears = {
        f"encoder.layers.{i}.{part}": getattr(layer, part)
        for i, layer in enumerate(tagger.encoder.stack)
        for part in LINEARS
    }
    with watched(linears, see):
        for ids, vectors in windows:
            known = torch.from_numpy(vectors)[None] if vectors is not None else None
            tagger.hidden(torch.tensor([list(ids)]), None, known)
    return largest


def smoothing(inputs: np.ndarray, weight: np.ndarray, alpha: float) -> np.ndarray:
    """The factor of each input column: what the activations are divided and the weights (rows, columns) multiplied by."""
    reach = np.maximum(np.abs(weight).max(axis=0), 1e-5)
    factors = np.maximum(inputs, 1e-5) ** alpha / reach ** (1 - alpha)
    return np.clip(factors / np.exp(np.log(factors).mean()), 1e-2, 1e2).astype(np.float32)


def half(graph: Graph, name: str, weight: np.ndarray) -> str:
    """A matrix that is stored in 16 bits and read in 32."""
    return graph.node("Cast", [graph.constant(name, weight.astype(np.float16))], name + "_floats", to=TensorProto.FLOAT)


def fused_attention(graph: Graph, name: str, qkv: str, heads: int) -> str:
    """Attention over ``qkv``, queries, keys and values beside each other, as one operator."""
    inputs = [name + "q", name + "k", name + "v"]
    graph.node("Split", [qkv], inputs, axis=-1)
    return graph.node("MultiHeadAttention", inputs, name + "context", MICROSOFT, num_heads=heads)


#: Scores of attention are kept within plus and minus this, so that their powers need no look for the largest one. In 120
#: articles those of both packs lie between -60 and 55; up to here a sum of 400 powers stays far below the largest float32.
LARGEST_SCORE = 75.0


def written_out_attention(graph: Graph, name: str, qkv: str, heads: int) -> str:
    """Attention in its parts: the sums of the fused operator (and of Softmax) depend on the width of the processor's vectors,
    those of these parts do not."""
    parts = graph.shared("attention.parts", np.array([-1, 3 * heads, PART]))
    whole = graph.shared("attention.whole", np.array([1, -1, heads * PART]))
    scale = graph.shared("attention.scale", np.array(PART**-0.5, np.float32))
    axis = graph.shared("attention.axis", np.array([-1]))
    bounds = [
        graph.shared(f"attention.{end}", np.array(value, np.float32))
        for end, value in (("least", -LARGEST_SCORE), ("largest", LARGEST_SCORE))
    ]
    split = graph.node("Reshape", [qkv, parts], name + "parts")
    by_head = graph.node("Transpose", [split], name + "by_head", perm=[1, 0, 2])
    graph.node("Split", [by_head], [name + "q", name + "k", name + "v"], axis=0)
    queries = graph.node("Mul", [name + "q", scale], name + "q_scaled")
    keys = graph.node("Transpose", [name + "k"], name + "k_turned", perm=[0, 2, 1])
    scores = graph.node("MatMul", [queries, keys], name + "scores")
    powers = graph.node("Exp", [graph.node("Clip", [scores, *bounds], name + "bounded")], name + "powers")
    total = graph.node("ReduceSum", [powers, axis], name + "total", keepdims=1)
    mixed = graph.node("Div", [graph.node("MatMul", [powers, name + "v"], name + "mixed"), total], name + "shares")
    joined = graph.node("Transpose", [mixed], name + "joined", perm=[1, 0, 2])
    return graph.node("Reshape", [joined, whole], name + "context")


def build(
    tagger: Tagger,
    heads: Sequence[str],
    bits: int | None = 7,
    inputs: dict[str, np.ndarray] | None = None,
    alpha: float = 0.8,
    word_bits: int = 8,
    positions: int | None = None,
    further: Mapping[str, np.ndarray] | None = None,
    portable: bool = False,
) -> onnx.ModelProto:
    """The graph of the encoder with the columns of ``heads``, in that order; float32 where ``bits`` is None.

    ``inputs``: what :func:`largest_inputs` measured; without it nothing is smoothed. ``word_bits``: 8 or 4 bits a value of
    the piece embeddings. ``positions``: of the longest window that the graph will read; all that there are where it is None.
    ``further``: the projection of ``training.holders``, whose columns follow those of the heads.
    ``portable``: attention written out, see :func:`written_out_attention`.
    """
    graph = Graph()
    state = {name: tensor.detach().float().numpy() for name, tensor in tagger.state_dict().items()}
    encoder = tagger.encoder
    (layer_heads,) = {layer.heads for layer in encoder.stack}
    epsilon = encoder.norm.eps

    def linear(
        x: str,
        name: str,
        out: str,
        weight: np.ndarray,
        bias: np.ndarray | None,
        factors: np.ndarray | None = None,
        divide: bool = True,
    ) -> str:
        if bits is None:
            y = graph.node(
                "MatMul", [x, graph.constant(name + ".w", weight.T)], out + "_m" if bias is not None else out
            )
            return graph.node("Add", [y, graph.constant(name + ".b", bias)], out) if bias is not None else y
        if factors is not None:
            weight = weight * factors
            if divide:
                x = graph.node("Mul", [x, graph.constant(name + ".f", 1 / factors)], name + "_x")
        values, scale = quantize(weight, bits)
        operands = [x, graph.constant(name + ".w", values.T), graph.constant(name + ".s", scale), ""]
        if bias is not None:
            operands.append(graph.constant(name + ".b", bias))
        return graph.node("DynamicQuantizeMatMul", operands, out, MICROSOFT)

    small = graph.constant("epsilon", np.array(epsilon, np.float32))
    unity = graph.constant("unity", np.array(1, np.float32))

    def normalized(x: str, name: str, source: str, out: str) -> str:
        """Layer normalization in its parts: the fused operator gives other results in other versions of ONNX Runtime."""
        weight, bias = (graph.constant(f"{name}.{end[0]}", state[f"{source}.{end}"]) for end in ("weight", "bias"))
        mean = graph.node("ReduceMean", [x], out + "_mean", axes=[-1], keepdims=1)
        centred = graph.node("Sub", [x, mean], out + "_centred")
        squares = graph.node("Mul", [centred, centred], out + "_squares")
        variance = graph.node("ReduceMean", [squares], out + "_variance", axes=[-1], keepdims=1)
        spread = graph.node("Sqrt", [graph.node("Add", [variance, small], out + "_safe")], out + "_spread")
        unit = graph.node("Mul", [centred, graph.node("Div", [unity, spread], out + "_narrow")], out + "_unit")
        scaled = graph.node("Mul", [unit, weight], out + "_scaled")
        return graph.node("Add", [scaled, bias], out)

    words = state["encoder.word.weight"]
    slots = state.get("encoder.slots")
    if slots is not None:
        words = words.copy()
        words[PAD] = 0
    if bits is None:
        embedded = graph.node("Gather", [graph.constant("word", words), "ids"], "embedded")
    elif word_bits == 4:
        embedded = four_bits(graph, words, encoder.slot_count)
    else:
        values, scale = quantize(words, 8)
        rows = graph.node("Gather", [graph.constant("word", values), "ids"], "word_rows")
        scales = graph.node("Gather", [graph.constant("word.s", scale[:, None]), "ids"], "word_scales")
        floats = graph.node("Cast", [rows], "word_floats", to=TensorProto.FLOAT)
        embedded = graph.node("Mul", [floats, scales], "embedded")
    if slots is not None:
        rated = graph.node("Mul", [embedded, graph.constant("slots", slots)], "embedded_rated")
        embedded = graph.node(
            "ReduceSum", [rated, graph.constant("slots.axis", np.array([2]))], "embedded_tokens", keepdims=0
        )
    length = graph.node(
        "Gather", [graph.node("Shape", ["ids"], "shape"), graph.constant("one", np.array([1]))], "length"
    )
    places = state["encoder.position.weight"][:positions].astype(np.float16)
    table = graph.node("Cast", [graph.constant("positions", places)], "position_floats", to=TensorProto.FLOAT)
    zero = graph.constant("zero", np.array([0]))
    placed = graph.node("Slice", [table, zero, length, zero], "placed")
    x = graph.node("Add", [embedded, placed], "summed")
    if "vectors.weight" in state:
        known = graph.node("MatMul", ["vectors", graph.constant("vectors.w", state["vectors.weight"].T)], "vectors_y")
        x = graph.node("Add", [x, known], "summed_all")
    x = normalized(x, "norm", "encoder.norm", "x0")
    for i in range(len(encoder.layers)):
        p = f"encoder.layers.{i}."
        n = f"l{i}."
        factors = {
            part: smoothing(inputs[p + part], state[f"{p}{part}.weight"], alpha) if inputs and bits else None
            for part in LINEARS
        }
        qkv_weight, qkv_bias = state[p + "qkv.weight"].copy(), state[p + "qkv.bias"].copy()
        if (f := factors["out"]) is not None:  # what attention gives is divided where its values are made
            qkv_weight[-len(f) :] /= f[:, None]
            qkv_bias[-len(f) :] /= f
        qkv = linear(x, n + "qkv", n + "qkv_y", qkv_weight, qkv_bias, factors["qkv"])
        context = (written_out_attention if portable else fused_attention)(graph, n, qkv, layer_heads)
        out = linear(
            context, n + "out", n + "out_y", state[p + "out.weight"], state[p + "out.bias"], factors["out"], False
        )
        x = normalized(graph.node("Add", [x, out], n + "mid_sum"), n + "n1", p + "norm1", n + "mid")
        up = linear(x, n + "up", n + "up_y", state[p + "up.weight"], state[p + "up.bias"], factors["up"])
        up = graph.node("Gelu", [up], n + "gelu", MICROSOFT)
        down = linear(up, n + "down", n + "down_y", state[p + "down.weight"], state[p + "down.bias"], factors["down"])
        x = normalized(graph.node("Add", [x, down], n + "y_sum"), n + "n2", p + "norm2", n + "y")
    flat = graph.node("Reshape", [x, graph.constant("flat", np.array([-1, words.shape[1]]))], "hidden")
    columns = np.concatenate([np.arange(tagger.columns(h).start, tagger.columns(h).stop) for h in heads])
    first_w, first_b, last_w = (
        state["first.weight"][columns].T,
        state["first.bias"][columns],
        state["last.weight"][columns].T,
    )
    if further is not None:
        first_w = np.concatenate([first_w, further["projection.first"]], axis=1)
        first_b = np.concatenate([first_b, further["projection.bias"]])
        last_w = np.concatenate([last_w, further["projection.last"]], axis=1)
    first = graph.node("MatMul", [flat, half(graph, "first.w", first_w)], "first_m")
    graph.node("Add", [first, graph.constant("first.b", first_b.astype(np.float32))], "first")
    graph.node("MatMul", [flat, half(graph, "last.w", last_w)], "last")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "tagger",
            [
                helper.make_tensor_value_info(
                    "ids", TensorProto.INT64, [1, "pieces"] if slots is None else [1, "pieces", len(slots)]
                ),
                *(
                    helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "pieces", w.shape[1]])
                    for name, w in state.items()
                    if name == "vectors.weight"
                ),
            ],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, ["pieces", first_w.shape[1]])
                for name in ("first", "last")
            ],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
        producer_name="arabic_news_ner.training",
    )
    onnx.checker.check_model(model)
    return model
