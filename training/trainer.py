"""The loop that fine-tuning and distillation share: schedule, step, averaged weights, log, checkpoint, best weights.

A run ends after ``steps`` or after ``minutes``, whichever comes first; the learning rate rises over the first part of it and
falls along a cosine. A run that was stopped goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.model.tagger import Tagger

#: Steps between two lines of losses.
REPORT_EVERY = 50

Report = dict[str, float]


@dataclass(frozen=True)
class Settings:
    """How a run learns. ``average``: decay of the averaged weights, a step; ``warmup``: part of the run, 0 to 1."""

    output: Path
    steps: int
    minutes: float = 0.0
    average: float = 0.995
    warmup: float = 0.06


def add_arguments(parser: argparse.ArgumentParser, *, rate: float, average: float) -> None:
    """The arguments that every run takes."""
    parser.add_argument(
        "--encoder", type=Path, required=True, help="folder that training.encoder wrote, or a pack to begin with"
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="file that training.data.annotated wrote: further annotated news")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--average", type=float, default=average, help="decay of the averaged weights, a step")
    parser.add_argument("--minutes", type=float, default=0.0, help="end after so long at the latest (0: no limit)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true", help="go on from checkpoint.pt in the output folder")


def selection_score(report: Mapping[str, float]) -> float:
    """The score that selects the best weights of a run."""
    return report["news"] + 0.4 * report["role"] + 0.1 * report["holder"] + 0.1 * report["anercorp"]


class Trainer:
    """One run: :meth:`step` once a batch, :meth:`evaluate` now and then."""

    def __init__(
        self,
        tagger: Tagger,
        optimizer: torch.optim.Optimizer,
        settings: Settings,
        report: Callable[[Tagger], Report],
        keep: Mapping[str, Any],
    ) -> None:
        """:param optimizer: its groups hold their highest rate as ``base``.
        :param report: the scores of a tagger on the development sets.
        :param keep: what ``best.pt`` holds beside the weights, e.g. the heads.
        """
        self.tagger, self.optimizer, self.settings = tagger, optimizer, settings
        self.averaged = copy.deepcopy(tagger)
        self.step_number = 0
        self._report, self._keep = report, dict(keep)
        self._best, self._sums = 0.0, dict[str, float]()
        self._began = time.monotonic()
        settings.output.mkdir(parents=True, exist_ok=True)

    @property
    def seconds(self) -> float:
        """How long the run has taken, over all its sittings."""
        return time.monotonic() - self._began

    @property
    def progress(self) -> float:
        """The part of the run that is done, 0 to 1."""
        spent = self.seconds / (60 * self.settings.minutes) if self.settings.minutes else 0.0
        return min(1.0, max(self.step_number / self.settings.steps, spent))

    def resume(self) -> dict[str, Any]:
        """Go on from the last checkpoint: its ``place`` is returned, an empty one if there is none."""
        path = self.settings.output / "checkpoint.pt"
        if not path.exists():
            return {}
        c = torch.load(path, weights_only=True)
        self.tagger.load_state_dict(c["model"])
        self.averaged.load_state_dict(c["averaged"])
        self.optimizer.load_state_dict(c["optimizer"])
        self.step_number, self._best = c["step"], c["best"]
        self._began = time.monotonic() - c["elapsed"]
        return dict(c["place"])

    def log(self, row: Mapping[str, Any]) -> None:
        """Append a line to ``log.jsonl``."""
        with open(self.settings.output / "log.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def rate(self, progress: float) -> float:
        """The learning rate, as a part of the highest."""
        return min(1.0, progress / self.settings.warmup) * (0.02 + 0.49 * (1 + math.cos(math.pi * progress)))

    def step(self, losses: Mapping[str, Tensor]) -> None:
        """Learn from the sum of the losses of one batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * self.rate(self.progress)
        self.optimizer.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimizer.step()
        self.step_number += 1
        decay = min(self.settings.average, (self.step_number + 1) / (self.step_number + 20))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.averaged.parameters()), list(self.tagger.parameters()), 1 - decay)
        for name, part in losses.items():
            self._sums[name] = self._sums.get(name, 0.0) + part.item()
        if self.step_number % REPORT_EVERY == 0:
            means = " ".join(f"{name} {value / REPORT_EVERY:.4f}" for name, value in self._sums.items())
            print(f"{self.step_number} {100 * self.progress:.1f}% {self.seconds:.0f}s {means}", flush=True)
            self._sums = {}

    def evaluate(self, place: Mapping[str, Any]) -> None:
        """Score the averaged weights, write them to ``last.pt`` and, where they are the best so far, to ``best.pt``; write a
        checkpoint that goes on at ``place``."""
        report = self._report(self.averaged)
        row = {"step": self.step_number, "seconds": round(self.seconds), **report}
        print(json.dumps(row), flush=True)
        self.log(row)
        content = {"model": self.averaged.state_dict(), "report": row, **self._keep}
        torch.save(content, self.settings.output / "last.pt")
        if selection_score(report) >= self._best:
            self._best = selection_score(report)
            torch.save(content, self.settings.output / "best.pt")
        temporary = self.settings.output / "checkpoint.tmp"
        state = {
            "model": self.tagger.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step_number,
            "best": self._best,
            "elapsed": self.seconds,
            "place": dict(place),
        }
        torch.save(state, temporary)
        temporary.replace(self.settings.output / "checkpoint.pt")
