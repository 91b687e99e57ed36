"""The training loop: which weights it keeps, and how a stopped run goes on."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from training.trainer import Settings, Trainer  # noqa: E402

pytestmark = pytest.mark.train


def trainer(folder, scores):
    torch.manual_seed(1)
    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.SGD([{"params": list(model.parameters()), "lr": 0.1, "base": 0.1}])
    reports = ({"news": score, "role": 0.0, "holder": 0.0, "anercorp": 0.0} for score in scores)
    return Trainer(
        model, optimizer, Settings(folder, steps=10, average=0.5), lambda _: next(reports), {"heads": {"a": 1}}
    )


def step(run):
    run.step({"loss": run.tagger(torch.ones(1, 2)).square().mean()})


def weights(folder, name):
    content = torch.load(folder / name, weights_only=True)
    assert content["heads"] == {"a": 1}
    return content["model"]["weight"], content["report"]["news"]


def test_the_best_and_the_last_weights_are_kept(tmp_path):
    run = trainer(tmp_path, [80.0, 90.0, 85.0])
    kept = []
    for place in range(3):
        step(run)
        run.evaluate({"at": place})
        kept.append(run.averaged.weight.detach().clone())
    best, last = weights(tmp_path, "best.pt"), weights(tmp_path, "last.pt")
    assert torch.equal(best[0], kept[1])
    assert best[1] == 90
    assert torch.equal(last[0], kept[2])
    assert last[1] == 85


def test_a_stopped_run_goes_on_where_it_was(tmp_path):
    run = trainer(tmp_path, [80.0])
    step(run)
    run.evaluate({"epoch": 1, "at": 7})
    again = trainer(tmp_path, [70.0])
    assert again.resume() == {"epoch": 1, "at": 7}
    assert again.step_number == 1
    assert again.progress == pytest.approx(0.1)
    assert torch.equal(again.tagger.weight, run.tagger.weight)
    again.evaluate({})
    assert weights(tmp_path, "best.pt")[1] == 80  # the best of both sittings
    assert weights(tmp_path, "last.pt")[1] == 70
