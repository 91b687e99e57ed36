"""Parts of the encoder that stand in for torch's own, since these are slow on a processor."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from training.data.batches import Window  # noqa: E402
from training.data.documents import LabelledUnit  # noqa: E402
from training.finetune import given_by_heads  # noqa: E402
from training.model.tagger import PART, Dropout, Encoder, Tagger, attend  # noqa: E402

pytestmark = pytest.mark.train


@pytest.mark.parametrize("masked", [False, True])
def test_attention_is_that_of_torch(masked):
    torch.manual_seed(1)
    q, k, v = torch.randn(3, 2, 3, 5, 8)
    mask = torch.zeros(2, 1, 1, 5)
    mask[1, ..., 3:] = -10_000.0
    expected = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask if masked else None)
    torch.testing.assert_close(attend(q, k, v, mask if masked else None), expected, atol=1e-5, rtol=1e-5)


def test_dropout_leaves_out_its_share_and_keeps_the_mean():
    torch.manual_seed(1)
    dropout = Dropout(0.2)
    x = torch.ones(100, 1000)
    first, second = dropout(x), dropout(x)
    assert set(first.unique().tolist()) == {0.0, 1.25}
    assert (first == 0).float().mean().item() == pytest.approx(0.2, abs=0.01)
    assert not torch.equal(first, second)


def test_dropout_only_while_training():
    x = torch.ones(4, 4)
    assert Dropout(0.0)(x) is x
    assert Dropout(0.5).eval()(x) is x


def test_heads_that_give_nothing_are_left_out_without_a_trace():
    torch.manual_seed(1)
    encoder = Encoder(20, width=4 * PART, layers=2, heads=4, inner=16, positions=10, dropout=0.0)
    tagger = Tagger(encoder, {"news": 7}).eval()
    idle = {0: [1, 2], 1: [0, 3]}
    for number, layer in enumerate(encoder.layers):
        for head in idle[number]:  # its values are a constant, which the bias takes over
            at = slice((8 + head) * PART, (9 + head) * PART)
            layer.qkv.weight.data[at] = 0
            layer.qkv.bias.data[at] = 0.1
    ids = torch.randint(5, 20, (3, 6))
    before = tagger.hidden(ids, None)
    tagger.prune_heads(2, given_by_heads(tagger, [window(row) for row in ids.tolist()], None))
    assert [(layer.heads, tuple(layer.qkv.weight.shape)) for layer in encoder.layers] == [(2, (6 * PART, 4 * PART))] * 2
    torch.testing.assert_close(tagger.hidden(ids, None), before, atol=1e-4, rtol=1e-4)


def test_more_layers_than_there_are_cannot_be_kept():
    tagger = Tagger(Encoder(20, width=PART, layers=2, heads=1, inner=16, positions=10), {"news": 7})
    with pytest.raises(ValueError, match="2 layers, of which 3 cannot be kept"):
        tagger.prune_layers(3)


def window(ids):
    units = [LabelledUnit(["كلمة"], [True], {}, False, 0, 4) for _ in ids]
    places = list(range(len(ids)))
    return Window(ids, [0] * len(ids), places, places, units, "news")
