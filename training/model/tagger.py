"""The encoder (BERT with post-layer-norm, as multilingual-e5-small) and the heads of each corpus, in torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from arabic_news_ner.tagging.onnx.windows import PAD


def slot_factors(slots: int, width: int) -> Tensor:
    """Factors (slots, width) to begin with: the first piece of a token weighs most."""
    return torch.tensor([1.0] + [0.6] * (slots - 1))[:, None].repeat(1, width)


def autocast() -> torch.autocast:
    """bfloat16 where the processor has AVX-512; float32 elsewhere, where products of bfloat16 take seven times as long."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.backends.cpu.get_cpu_capability() == "AVX512")


class Dropout(nn.Module):
    """Dropout whose factors are cut at a random place out of numbers drawn once: on a processor the drawing takes a sixth
    of a step."""

    #: Numbers that are kept at least.
    DRAWN = 4_000_000

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self._factors = torch.empty(0)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        size = x.numel()
        if len(self._factors) < 2 * size or self._factors.dtype != x.dtype:
            drawn = torch.rand(max(self.DRAWN, 3 * size)) >= self.share
            self._factors = drawn.to(x.dtype) / (1 - self.share)
        start = int(torch.randint(len(self._factors) - size, ()))
        return x * self._factors[start : start + size].view(x.shape)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Attention (batch, heads, length, part) by products of matrices: torch's own kernel, in the bfloat16 of a processor, takes
    twice as long for a step."""
    scores = q * q.shape[-1] ** -0.5 @ k.transpose(-1, -2)
    with torch.autocast("cpu", enabled=False):
        weights = torch.softmax(scores if mask is None else scores + mask.to(scores.dtype), dim=-1)
    return weights @ v


#: The width of a head of attention.
PART = 32


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * heads * PART)
        self.out = nn.Linear(heads * PART, width)
        self.norm1 = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, PART).permute(2, 0, 3, 1, 4)
        context = attend(q, k, v, mask).transpose(1, 2).reshape(batch, length, self.heads * PART)
        x = self.norm1(x + self.dropout(self.out(context)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Piece ids (batch, length) to hidden states (batch, length, width)."""

    def __init__(
        self,
        vocabulary: int,
        width: int = 384,
        layers: int = 12,
        heads: int = 12,
        inner: int = 1536,
        positions: int = 512,
        epsilon: float = 1e-12,
        dropout: float = 0.1,
        slots: int = 0,
    ) -> None:
        super().__init__()
        #: Factors (slots, width) of a token's pieces; ``None`` if a position is a piece.
        self.slots = nn.Parameter(slot_factors(slots, width)) if slots else None
        self.word = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(width, heads, inner, epsilon, dropout) for _ in range(layers))

    @property
    def stack(self) -> list[Layer]:
        """The layers, from the first to the last, with their type."""
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    @property
    def slot_count(self) -> int:
        """How many pieces a position has; 0 if it is one piece."""
        return 0 if self.slots is None else len(self.slots)

    def forward(self, ids: Tensor, mask: Tensor | None = None, more: Tensor | None = None) -> Tensor:
        """``ids``: (batch, length), or (batch, length, slots) where a position is a token: the embeddings of its pieces are
        added, each times the factors of its slot. ``mask``: (batch, 1, 1, length), 0 if a position may be attended to
        and a large negative elsewhere; ``more``: (batch, length, width), added to the embeddings."""
        return self.outputs(ids, mask, more)[-1]

    def outputs(self, ids: Tensor, mask: Tensor | None = None, more: Tensor | None = None) -> list[Tensor]:
        """What each layer gives, (batch, length, width)."""
        x = self.word(ids)
        if self.slots is not None:
            x = (x * self.slots * (ids != PAD)[..., None]).sum(2)
        x = x + self.position.weight[: ids.shape[1]]
        if more is not None:
            x = x + more
        x = self.dropout(self.norm(x))
        out = []
        for layer in self.layers:
            x = layer(x, mask)
            out.append(x)
        return out


def evenly(layers: int, of: int) -> list[int]:
    """So many of the layers, evenly spread, the first and the last among them.

    >>> evenly(4, 12), evenly(6, 12)
    ([0, 4, 7, 11], [0, 2, 4, 7, 9, 11])
    """
    return [int(i) for i in np.rint(np.linspace(0, of - 1, layers))]


def heads_in(state: Mapping[str, Tensor]) -> int:
    """The number of heads of attention of each layer in the weights of a tagger."""
    return len(state["encoder.layers.0.qkv.weight"]) // (3 * PART)


def layers_in(state: Mapping[str, Tensor]) -> int:
    """The number of encoder layers in the weights of a tagger."""
    return 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))


def load_encoder(path: Path, dropout: float = 0.1, slots: int = 0) -> Encoder:
    """The encoder that ``training.encoder`` wrote."""
    with np.load(path) as arrays:
        a = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    layers = 1 + max(int(name[1:].split(".")[0]) for name in a if name[0] == "l")
    encoder = Encoder(a["emb.word"].shape[0], layers=layers, dropout=dropout, slots=slots)
    state = {
        "word.weight": a["emb.word"],
        "position.weight": a["emb.pos"] + a["emb.type"][0],  # texts are one segment: its vector joins the positions
        "norm.weight": a["emb.ln.w"],
        "norm.bias": a["emb.ln.b"],
    }
    for i in range(layers):
        for end, suffix in (("w", "weight"), ("b", "bias")):
            state[f"layers.{i}.qkv.{suffix}"] = torch.cat([a[f"l{i}.{part}.{end}"] for part in "qkv"])
            for ours, theirs in (("out", "ao"), ("norm1", "aln"), ("up", "fi"), ("down", "fo"), ("norm2", "oln")):
                state[f"layers.{i}.{ours}.{suffix}"] = a[f"l{i}.{theirs}.{end}"]
    encoder.load_state_dict(state, strict=not slots)
    return encoder


class Tagger(nn.Module):
    """The encoder with one linear layer over the first and the last piece of each unit for all heads together."""

    def __init__(
        self,
        encoder: Encoder,
        heads: dict[str, int],
        dropout: float = 0.1,
        masked_words: bool = False,
        vectors: int = 0,
    ) -> None:
        """``masked_words``: with the head that guesses masked pieces, while training on unlabelled text. ``vectors``: the
        width of the word vectors that are a further input."""
        super().__init__()
        self.encoder = encoder
        self.sizes = heads
        total = sum(heads.values())
        width = encoder.word.embedding_dim
        self.first = nn.Linear(width, total)
        self.last = nn.Linear(width, total, bias=False)
        self.dropout = Dropout(dropout)
        self.mask = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width)) if masked_words else None
        self.vectors = nn.Linear(vectors, width, bias=False) if vectors else None
        if self.vectors is not None:
            nn.init.zeros_(self.vectors.weight)
        self.mask_bias = nn.Parameter(torch.zeros(encoder.word.num_embeddings)) if masked_words else None

    def prune_layers(self, layers: int) -> None:
        """Keep so many of the encoder's layers (:func:`evenly`).

        :raises ValueError: if there are fewer.
        """
        every = list(self.encoder.layers)
        if layers > len(every):
            raise ValueError(f"{len(every)} layers, of which {layers} cannot be kept")
        self.encoder.layers = nn.ModuleList(every[i] for i in evenly(layers, len(every)))

    def prune_ffn(self, inner: int, seen: Sequence[tuple[Tensor, Tensor]] | None = None) -> None:
        """Keep so many of the inner units of each layer, those that add most to what it gives.

        ``seen``: for each layer the mean and the root of the mean square (inner,) of its inner units over some texts; the
        means of the units left out then join the bias. Without it the weights in and out say how strong a unit is.
        """
        for number, layer in enumerate(self.encoder.stack):
            up, down = layer.up, layer.down
            strength = (seen[number][1] if seen else up.weight.norm(dim=1)) * down.weight.norm(dim=0)
            kept = strength.topk(inner).indices.sort().values
            bias = down.bias.data
            if seen:
                means = seen[number][0].clone()
                means[kept] = 0
                bias = bias + down.weight.data @ means
            layer.up = nn.Linear(up.in_features, inner)
            layer.down = nn.Linear(inner, down.out_features)
            layer.up.weight.data, layer.up.bias.data = up.weight.data[kept], up.bias.data[kept]
            layer.down.weight.data, layer.down.bias.data = down.weight.data[:, kept], bias

    def prune_heads(self, heads: int, seen: Sequence[Tensor]) -> None:
        """Keep so many heads of attention in each layer, those that add most to what it gives.

        ``seen``: for each layer what its heads gave on some texts, (tokens, heads * :data:`PART`); the means of the heads left
        out join the bias.
        """
        for layer, given in zip(self.encoder.stack, seen, strict=True):
            by_head = given.view(len(given), layer.heads, PART)
            weights = layer.out.weight.data.view(-1, layer.heads, PART)
            strength = torch.stack([(by_head[:, h] @ weights[:, h].T).square().mean() for h in range(layer.heads)])
            kept = strength.topk(heads).indices.sort().values
            means = by_head.mean(0)
            means[kept] = 0
            bias = layer.out.bias.data + layer.out.weight.data @ means.flatten()
            qkv, old = nn.Linear(layer.qkv.in_features, 3 * heads * PART), layer.qkv
            qkv.weight.data = old.weight.data.view(3, layer.heads, PART, -1)[:, kept].reshape(3 * heads * PART, -1)
            qkv.bias.data = old.bias.data.view(3, layer.heads, PART)[:, kept].flatten()
            layer.out = nn.Linear(heads * PART, layer.out.out_features)
            layer.out.weight.data, layer.out.bias.data = weights[:, kept].flatten(1), bias
            layer.qkv, layer.heads = qkv, heads

    def columns(self, head: str) -> slice:
        start = 0
        for name, size in self.sizes.items():
            if name == head:
                return slice(start, start + size)
            start += size
        raise KeyError(head)

    def forward(
        self, ids: Tensor, mask: Tensor | None, first: Tensor, last: Tensor, vectors: Tensor | None = None
    ) -> Tensor:
        """Scores (units, all heads); ``first`` and ``last`` index the flattened (batch * length) pieces."""
        return self.scores(self.hidden(ids, mask, vectors), first, last)

    def hidden(self, ids: Tensor, mask: Tensor | None, vectors: Tensor | None = None) -> Tensor:
        """Hidden states (batch * length, width); ``vectors``: (batch, length, width of the vectors)."""
        more = self.vectors(vectors) if self.vectors is not None and vectors is not None else None
        return self.dropout(self.encoder(ids, mask, more)).flatten(0, 1)

    def scores(self, hidden: Tensor, first: Tensor, last: Tensor) -> Tensor:
        return self.first(hidden[first]) + self.last(hidden[last])

    def guesses(self, hidden: Tensor) -> Tensor:
        """Scores (rows, vocabulary) of what stands at masked places."""
        assert self.mask is not None
        return F.linear(self.mask(hidden), self.encoder.word.weight, self.mask_bias)
