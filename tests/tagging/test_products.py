"""The int8 products of the packs are exact on every processor.

AVX2 without VNNI adds the products of two unsigned by signed bytes in 16 bits, which saturate beyond 32,767: with weights of
8 bits it would give other scores than processors with VNNI. Weights of 7 bits (at most 63) keep two products at or below
2 * 255 * 63 = 32,130.
"""

from __future__ import annotations

import numpy as np
import pytest

from arabic_news_ner.tagging.onnx import pack

pytestmark = pytest.mark.train
LARGEST_SUM = 32_767
DOMAIN = "com.microsoft"


def products(weights):
    """A graph of the one operator that multiplies bytes, over weights (inputs, outputs)."""
    onnx = pytest.importorskip("onnx")
    make, numpy_helper = onnx.helper, onnx.numpy_helper
    scale = np.ones(weights.shape[1], np.float32)
    node = make.make_node("DynamicQuantizeMatMul", ["x", "w", "s", ""], ["y"], domain=DOMAIN)
    graph = make.make_graph(
        [node],
        "products",
        [make.make_tensor_value_info("x", onnx.TensorProto.FLOAT, ["rows", weights.shape[0]])],
        [make.make_tensor_value_info("y", onnx.TensorProto.FLOAT, ["rows", weights.shape[1]])],
        [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(scale, "s")],
    )
    opsets = [make.make_opsetid("", 17), make.make_opsetid(DOMAIN, 1)]
    return make.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString()


def run(weights, x):
    import onnxruntime

    session = onnxruntime.InferenceSession(products(weights), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


@pytest.mark.parametrize("name", pack.built_in_packs())
def test_weights_of_the_packs_use_seven_bits(name):
    onnx = pytest.importorskip("onnx")
    graph = onnx.load_from_string(pack.load(name).model).graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    read = [node.input[1] for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    assert read
    for tensor in read:
        values = onnx.numpy_helper.to_array(weights[tensor]).astype(int)
        assert 2 * 255 * np.abs(values).max() <= LARGEST_SUM, tensor


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("inputs", [32, 384, 1536])
def test_the_largest_products_are_exact_on_this_processor(inputs, sign):
    weights = np.full((inputs, 64), 63 * sign, np.int8)
    x = np.full((5, inputs), 255, np.float32)
    x[:, 0] = 0  # the quantizer then has zero point 0 and scale 1: bytes are the values themselves
    exact = x.astype(np.int64) @ weights.astype(np.int64)
    assert np.array_equal(run(weights, x), exact.astype(np.float32))
