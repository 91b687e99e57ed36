"""Presidio on top of the spaCy component: Arabic names are found as personal data."""

from __future__ import annotations

import pytest

from tests.integrations.conftest import MODEL, TEXTS

pytestmark = pytest.mark.presidio
pytest.importorskip("presidio_analyzer")
pytest.importorskip("spacy")


def test_names_are_found_as_personal_data():
    from examples.presidio_names import analyzer

    found = analyzer(MODEL).analyze(TEXTS[0], language="ar")
    people = [TEXTS[0][r.start : r.end] for r in found if r.entity_type == "PERSON"]
    assert "عبد الحميد الدبيبة" in people
    assert "أنطونيو تاياني" in people
    places = [TEXTS[0][r.start : r.end] for r in found if r.entity_type == "LOCATION"]
    assert "طرابلس" in places
