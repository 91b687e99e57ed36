"""The mean of the weights of two checkpoints or packs (docs/training.md, steps 6 and 7).

    python -m training.model.mean --checkpoint WORK/d/best.pt --other arabic_news_ner/data/packs/base --output WORK/mean.pt

Fine-tuning on a little more data finds some names and loses others; the mean of both weights keeps most of what either finds
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", the same for models with a common start).
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import torch

from training.model.restore import init_from, load
from training.pack import load_tagger


def mean(checkpoint: Path, other: Path, share: float) -> dict[str, torch.Tensor]:
    """The weights of ``checkpoint`` by ``share`` and of ``other`` (``best.pt`` or a pack) by the rest; those that ``other``
    does not have stay as they are."""
    tagger = load_tagger(checkpoint)
    second = copy.deepcopy(tagger)
    init_from(second, load(other))
    there = second.state_dict()
    return {name: torch.lerp(there[name], value, share) for name, value in tagger.state_dict().items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--other", type=Path, required=True, help="best.pt of another run, or the folder of a pack")
    parser.add_argument("--share", type=float, default=0.5, help="weight of the checkpoint, 0 to 1")
    parser.add_argument("--output", type=Path, required=True)
    args = parser.parse_args()
    content = torch.load(args.checkpoint, weights_only=True)
    torch.save({**content, "model": mean(args.checkpoint, args.other, args.share)}, args.output)


if __name__ == "__main__":
    main()
