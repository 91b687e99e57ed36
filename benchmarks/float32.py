"""Does a pack find the same mentions as its own float32 form, which no processor can saturate?

    python -m benchmarks.float32 news.jsonl.xz --articles 500

Every product of bytes in the graph becomes a product of floats over the same weights; nothing else changes. The articles are
drawn at random (the same ones each time) from a file with {"text"} a line, plain or compressed by xz.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.tagging.onnx import pack
from arabic_news_ner.types import Article


def in_floats(model: bytes) -> bytes:
    """The graph with float32 products in place of ``DynamicQuantizeMatMul``. :raises ValueError: if it has none."""
    loaded = onnx.load_from_string(model)
    weights = {tensor.name: tensor for tensor in loaded.graph.initializer}
    nodes, count = [], 0
    for node in loaded.graph.node:
        if node.op_type != "DynamicQuantizeMatMul":
            nodes.append(node)
            continue
        count += 1
        x, weight, scale, zero, bias = [*node.input, "", ""][:5]
        values = onnx.numpy_helper.to_array(weights[weight]).astype(np.float32)
        if zero:
            values -= onnx.numpy_helper.to_array(weights[zero]).astype(np.float32)
        values *= onnx.numpy_helper.to_array(weights[scale])
        name = f"{weight}.float32.{count}"
        loaded.graph.initializer.append(onnx.numpy_helper.from_array(values, name))
        product = f"{node.output[0]}.product" if bias else node.output[0]
        nodes.append(onnx.helper.make_node("MatMul", [x, name], [product]))
        if bias:
            nodes.append(onnx.helper.make_node("Add", [product, bias], [node.output[0]]))
    if not count:
        raise ValueError("the graph has no DynamicQuantizeMatMul: it is no int8 pack")
    del loaded.graph.node[:]
    loaded.graph.node.extend(nodes)
    content: bytes = loaded.SerializeToString()
    return content


def float_pack(model: str, folder: Path) -> Path:
    """Write the float32 form of a pack into a folder, which is made."""
    shutil.copytree(pack.find(model), folder)
    content = in_floats((folder / pack.MODEL_FILE).read_bytes())
    (folder / pack.MODEL_FILE).write_bytes(content)
    manifest = json.loads((folder / pack.MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][pack.MODEL_FILE] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (folder / pack.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def mentions(article: Article) -> set[tuple[int, int, str]]:
    """(start, end, label) of each."""
    return {(m.start, m.end, e.label) for e in article.entities for m in e.mentions}


def compared(ours: Iterator[Article], floats: Iterator[Article]) -> dict[str, Any]:
    """How many mentions are in both, of those in either; and the same of roles with their holders."""
    both, either, roles_both, roles_either, equal, count = 0, 0, 0, 0, 0, 0
    for a, b in zip(ours, floats, strict=True):
        first, second = mentions(a), mentions(b)
        both, either = both + len(first & second), either + len(first | second)
        equal, count = equal + (first == second), count + 1
        held = [{(r.start, r.end, r.holder_name) for r in x.all_roles} for x in (a, b)]
        roles_both, roles_either = roles_both + len(held[0] & held[1]), roles_either + len(held[0] | held[1])
    return {
        "articles": count,
        "articles_with_the_same_mentions": equal,
        "mentions_in_either": either,
        "share_of_mentions_in_both": round(both / either, 5),
        "share_of_roles_with_holder_in_both": round(roles_both / roles_either, 5) if roles_either else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, help='lines of {"text"}, plain or .xz')
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--models", nargs="+", default=list(pack.built_in_packs()))
    args = parser.parse_args()
    opened = lzma.open if args.texts.suffix == ".xz" else open
    with opened(args.texts, "rt", encoding="utf-8") as lines:
        all_lines = list(lines)
    texts = [json.loads(line)["text"] for line in random.Random(0).sample(all_lines, args.articles)]
    del all_lines
    for model in args.models:
        with tempfile.TemporaryDirectory() as folder:
            ours = Extractor.load(model, threads=1)
            floats = Extractor.load(float_pack(model, Path(folder) / model), threads=1)
            print(json.dumps({"model": model, **compared(ours.pipe(texts), floats.pipe(texts))}), flush=True)


if __name__ == "__main__":
    main()
