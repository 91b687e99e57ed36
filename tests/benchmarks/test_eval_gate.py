"""The gate of accuracy: it fails where a figure falls, and an update never lowers one."""

from __future__ import annotations

import hashlib
import json

import pytest

from benchmarks import eval_gate


def test_a_figure_below_its_pin_is_named():
    pinned = {"mentions": 90.0, "entity list": 80.0}
    assert eval_gate.shortfalls(pinned, {"mentions": 89.2, "entity list": 80.0}, 1.0) == []
    lines = eval_gate.shortfalls(pinned, {"mentions": 88.9, "entity list": 95.0}, 1.0)
    assert len(lines) == 1
    assert lines[0].startswith("mentions: 88.9")


def test_a_figure_that_is_no_longer_measured_is_named():
    assert eval_gate.shortfalls({"roles": 1.0}, {}, 1.0) == ["roles: pinned at 1.0, not measured"]


def test_an_update_raises_and_adds_and_never_lowers():
    pinned = {"mentions": 90.0, "roles": 70.0}
    assert eval_gate.raised(pinned, {"mentions": 91.0, "roles": 60.0, "new": 5.0}) == {
        "mentions": 91.0,
        "roles": 70.0,
        "new": 5.0,
    }


def test_the_digest_covers_every_file(tmp_path):
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_bytes(b"ab")
    two.write_bytes(b"c")
    assert eval_gate.digest([one, two]) == hashlib.sha256(b"abc").hexdigest()


def test_changed_data_fails_the_gate_and_an_update_pins_them_anew(tmp_path, monkeypatch, capsys):
    baseline = json.loads(eval_gate.BASELINE.read_text(encoding="utf-8"))
    golden = {**baseline["sets"]["golden"], "sha256": "0" * 64}
    own = tmp_path / "baseline.json"
    own.write_text(json.dumps({**baseline, "sets": {"golden": golden}}), encoding="utf-8")
    monkeypatch.setattr(eval_gate, "BASELINE", own)
    monkeypatch.setattr(eval_gate, "PACKS", ())
    assert eval_gate.main([]) == 1
    assert "the data changed" in capsys.readouterr().out
    assert eval_gate.main(["--update"]) == 0
    assert eval_gate.main([]) == 0


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"dev\.spans\.jsonl is missing"):
        eval_gate.files_of("dev", {"in": "data", "files": ["news/dev.spans.jsonl"]}, tmp_path)
