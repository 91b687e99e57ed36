"""Prodigy: a task a line, for ``spans.manual`` and ``rel.manual``, and the answers of people back.

Words are cut where a name begins inside one (``و`` + ``ليبيا``), since Prodigy marks whole tokens.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from arabic_news_ner.errors import InputError
from arabic_news_ner.export.build import (
    HOLDER,
    ROLE,
    NameSpan,
    OfficeSpan,
    build_article,
    names_of,
    nearest_mention,
    roles_of,
    words_of,
)
from arabic_news_ner.types import SUBTYPES, Article


def dumps(articles: Iterable[tuple[str, Article]], *, gold: bool = False) -> str:
    """Tasks as JSON lines. :param gold: mark them as answered (``"answer": "accept"``)."""
    answer = {"answer": "accept"} if gold else {}
    tasks = ({**_task(identifier, article), **answer} for identifier, article in articles)
    return "".join(json.dumps(task, ensure_ascii=False) + "\n" for task in tasks)


def _task(identifier: str, article: Article) -> dict[str, Any]:
    words = [word for sentence in words_of(article) for word in sentence]
    first = {word.start: number for number, word in enumerate(words)}
    last = {word.end: number for number, word in enumerate(words)}
    after = [*(w.start for w in words[1:]), len(article.text)]
    tokens = [
        {"text": w.text, "start": w.start, "end": w.end, "id": n, "ws": w.end < next_start}
        for n, (w, next_start) in enumerate(zip(words, after, strict=True))
    ]

    def span(start: int, end: int, label: str, **more: Any) -> dict[str, Any]:
        return {"start": start, "end": end, "token_start": first[start], "token_end": last[end], "label": label, **more}

    names = names_of(article)
    name_spans = [
        span(m.start, m.end, e.label, entity=e.id, name=e.name, **({"subtype": e.subtype} if e.subtype else {}))
        for m, e in names
    ]
    roles = roles_of(article)
    role_spans = [span(role.start, role.end, ROLE) for role, _ in roles]
    relations = []
    for here, (role, holder) in zip(role_spans, roles, strict=True):
        if holder is not None:
            there = name_spans[nearest_mention(role, holder, names)]
            ends = {"head_span": _bare(here), "child_span": _bare(there)}
            relations.append({"head": here["token_end"], "child": there["token_end"], "label": HOLDER, **ends})
    spans = sorted([*name_spans, *role_spans], key=lambda s: (s["start"], -s["end"]))
    return {
        "text": article.text,
        "tokens": tokens,
        "spans": spans,
        "relations": relations,
        "meta": {"id": identifier},
    }


def _bare(span: Mapping[str, Any]) -> dict[str, Any]:
    return {key: span[key] for key in ("start", "end", "token_start", "token_end", "label")}


def loads(content: str, *, where: str = "Prodigy") -> list[tuple[str, Article]]:
    """The accepted tasks of an export (``prodigy db-out``), each with its id; rejected and ignored ones are left out.

    :raises InputError: if a line is not such a task, with its number.
    """
    out = []
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        name = f"{where}, line {number}"
        try:
            task = json.loads(line)
            if task.get("answer", "accept") == "accept":
                identifier = (task.get("meta") or {}).get("id", number)
                out.append((str(identifier), _article(task, name)))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"{name}: not a task of Prodigy ({type(error).__name__}: {error})") from error
    return out


def _article(task: Mapping[str, Any], where: str) -> Article:
    names: list[NameSpan] = []
    position: dict[tuple[int, int, str], int] = {}
    offices: dict[tuple[int, int], int | None] = {}
    for span in task.get("spans") or ():
        start, end, label = int(span["start"]), int(span["end"]), span["label"]
        if label == ROLE:
            offices[start, end] = None
        elif label in SUBTYPES:
            position[start, end, label] = len(names)
            names.append(NameSpan(start, end, label, span.get("entity"), span.get("subtype"), span.get("name")))
        else:
            raise InputError(f"{where}: label {label!r} is none of {', '.join(SUBTYPES)}, {ROLE}")
    for relation in task.get("relations") or ():
        if relation["label"] != HOLDER:
            continue
        ends = [relation["head_span"], relation["child_span"]]
        role = next(((e["start"], e["end"]) for e in ends if (e["start"], e["end"]) in offices), None)
        keys = [(e["start"], e["end"], "PER") for e in ends]
        person = next((position[key] for key in keys if key in position), None)
        if role is None or person is None:
            raise InputError(f"{where}: the relation {HOLDER!r} joins {ends}; it takes a role and a person (PER)")
        offices[role] = person
    roles = [OfficeSpan(start, end, holder) for (start, end), holder in offices.items()]
    return build_article(task["text"], names, roles, where=where)
