"""Losses of the heads: for the labels of annotators and for the probabilities of a teacher."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from training.data.documents import IGNORE
from training.data.labels import SOFT_HEADS

WEIGHTS = {"news": 1.0, "subtype": 0.5, "role": 0.7, "holder": 0.3, "prefix": 0.3, "anercorp": 1.0, "newsfane": 0.4}


def soft_loss(
    scores: torch.Tensor, wanted: torch.Tensor, columns: dict[str, slice], temperature: float = 1.0
) -> torch.Tensor:
    """Cross entropy to a teacher's probabilities (units, columns of :data:`SOFT_HEADS`), summed over units, each head
    only on units where the teacher predicts a relevant label. ``temperature``: of the student, as of the teacher.
    """
    at = 0
    total = torch.zeros(())
    parts: dict[str, torch.Tensor] = {}
    for head in SOFT_HEADS:
        size = columns[head].stop - columns[head].start
        parts[head] = wanted[:, at : at + size]
        at += size
    outside, role = parts["news"][:, 0], 1 - parts["role"][:, 0]
    opens = parts["news"][:, 1] + parts["news"][:, 3] + parts["news"][:, 5] + parts["role"][:, 1]
    where = {
        "subtype": 1 - outside - parts["news"][:, 1] - parts["news"][:, 2],
        "holder": role,
        "prefix": opens.clamp(max=1),
    }
    for head, probabilities in parts.items():
        each = -(probabilities * F.log_softmax(scores[:, columns[head]] / temperature, dim=1)).sum(1)
        if head in where:
            each = each * where[head]
        total = total + WEIGHTS[head] * each.sum()
    return total * temperature**2


def hard_loss(
    scores: torch.Tensor, labels: dict[str, torch.Tensor], columns: dict[str, slice]
) -> dict[str, torch.Tensor]:
    """Cross entropy to the labels of each head that has some here, over the number of units."""
    return {
        head: F.cross_entropy(scores[:, columns[head]], wanted, ignore_index=IGNORE, reduction="sum") / len(wanted)
        for head, wanted in labels.items()
        if (wanted != IGNORE).any()
    }
