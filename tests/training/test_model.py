"""Parts of the encoder that stand in for torch's own, since these are slow on a processor."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from training.model.tagger import Dropout, attend  # noqa: E402

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
