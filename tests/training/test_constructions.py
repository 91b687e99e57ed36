"""Written sentences: every offset names what it says, every holder is a person of the text."""

from __future__ import annotations

from training.data.constructions import DUALS, ENVOYS, FAMILY, OFFICES, TANWIN, constructions


def test_offsets_name_people_and_offices():
    known = {*OFFICES, *ENVOYS, *DUALS, *TANWIN}
    for article in constructions(60, 1):
        text = article["text"]
        people = {entity: text[s:e] for s, e, _, _, entity, _ in article["spans"]}
        assert all(any(name.endswith(family) for family in FAMILY) for name in people.values())
        for s, e, holder in article["roles"]:
            assert text[s:e] in known
            assert holder is None or holder in people


def test_the_same_seed_writes_the_same():
    assert list(constructions(5, 3)) == list(constructions(5, 3))
    assert list(constructions(5, 3)) != list(constructions(5, 4))
