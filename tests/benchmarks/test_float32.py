"""What the two forms of a pack have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("onnx")
from benchmarks.float32 import compared

pytestmark = pytest.mark.train


def test_roles_with_a_holder_count(extractor):
    article = extractor.extract("قال وزير النقل الليبي سالم الورفلي إن الميناء مغلق، وزار مصراتة.")
    assert article.held_roles, "the case needs one"
    assert compared(iter([article]), iter([article]))["share_of_roles_with_holder_in_both"] == 1
    bare = replace(article, entities=tuple(replace(entity, roles=()) for entity in article.entities))
    assert compared(iter([article]), iter([bare]))["share_of_roles_with_holder_in_both"] == 0
