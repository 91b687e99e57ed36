"""The result: what is short to look at, easy to walk through, and documented field by field."""

from __future__ import annotations

import ast
import inspect
import pickle
import re
from dataclasses import fields
from pathlib import Path

import pytest

from arabic_news_ner import types
from arabic_news_ner.types import Article, Entity, Mention, Role


@pytest.fixture(scope="module")
def article(extractor):
    return extractor.extract(
        "قال وزير الخارجية الليبي سالم المبروك إن ممثل وزارة الخارجية في طرابلس غادر. وأضاف المبروك أن مجلس النواب سيجتمع."
    )


def test_an_article_is_a_collection_of_its_entities(article):
    assert list(article) == list(article.entities)
    assert len(article) == len(article.entities) > 0
    assert article["e1"] is article.entity("e1")
    assert article.entity(None) is None
    with pytest.raises(KeyError, match="e99"):
        article.entity("e99")


def test_an_article_without_entities_is_true():
    assert Article("نص")
    assert len(Article("نص")) == 0


def test_repr_is_short():
    long = Article("كلمة " * 3000, headline="عنوان " * 50, entities=(Entity("e1", "PER", None, "سمير حداد", ()),))
    assert len(repr(long)) < 200
    assert "1 person, 0 organizations, 0 places, 15,000 characters" in repr(long)
    entity = Entity("e1", "ORG", "media", "قناة النجمة", tuple(Mention(i, i + 1, "ق") for i in range(500)))
    assert repr(entity) == "Entity('e1', ORG, media, 'قناة النجمة', 500 mentions)"


def test_roles_of_an_article_are_its_held_ones_and_those_of_nobody():
    held, free = Role(5, 9, "وزير", holder="e1"), Role(0, 3, "مدير")
    article = Article("نص", entities=(Entity("e1", "PER", None, "سمير", (), roles=(held,)),), roles=(free,))
    assert article.held_roles == (held,)
    assert article.all_roles == (free, held)


def test_a_role_names_what_it_points_to(article):
    assert article.all_roles
    for role in article.all_roles:
        for entity_id, name in (
            (role.holder, role.holder_name),
            (role.organization, role.organization_name),
            (role.place, role.place_name),
        ):
            entity = article.entity(entity_id)
            assert (entity.name if entity else None) == name
    assert [role.holder_name for role in article.held_roles] == ["سالم المبروك"] * len(article.held_roles)


def test_every_field_is_documented():
    """Each field of a result stands under a comment that says what it holds."""
    source = inspect.getsource(types).split("\n")
    bare = []
    for node in ast.parse("\n".join(source)).body:
        if isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and not source[field.lineno - 2].lstrip().startswith("#:"):
                    bare.append(f"{node.name}.{field.target.id}")
    assert bare == []


def test_results_pickle(article):
    assert pickle.loads(pickle.dumps(article)) == article


def test_the_page_of_the_record_has_every_field_in_order():
    """docs/record.md has a table for each class of a result, with a row for each of its fields."""
    page = (Path(__file__).resolve().parent.parent / "docs" / "record.md").read_text(encoding="utf-8")
    tables = {
        part.split("\n")[0]: re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) for part in page.split("\n## ")[1:]
    }
    classes = (types.Article, types.Entity, types.Mention, types.Role, types.Link, types.Country)
    wanted = {c.__name__: [f.name for f in fields(c)] for c in (*classes, types.Token, types.Sentence)}
    assert tables == {**wanted, "Article": ["schema", *wanted["Article"]]}
