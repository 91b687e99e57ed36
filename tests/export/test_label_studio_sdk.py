"""The SDK of Label Studio takes our interface, our tasks and our predictions."""

from __future__ import annotations

import json

import pytest

from arabic_news_ner.export import label_studio

pytestmark = pytest.mark.label_studio
interface = pytest.importorskip("label_studio_sdk.label_interface")


def test_the_interface_and_the_predictions_are_valid(gold):
    config = interface.LabelInterface(label_studio.label_config())
    config.validate()
    (task,) = json.loads(label_studio.dumps([("1", gold)]))
    assert config.validate_task({"data": task["data"]})
    (prediction,) = task["predictions"]
    assert config.validate_prediction(prediction, return_errors=True) in ([], True)


def test_an_invalid_prediction_is_seen(gold):
    """The check itself can fail."""
    config = interface.LabelInterface(label_studio.label_config())
    (task,) = json.loads(label_studio.dumps([("1", gold)]))
    (prediction,) = task["predictions"]
    prediction["result"][0]["value"]["labels"] = ["NO SUCH LABEL"]
    assert config.validate_prediction(prediction, return_errors=True) not in ([], True)
