"""Label Studio: tasks with our output as predictions, and the annotations of people back.

``label_config()`` is the labeling interface of the project; paste it under Settings, Labeling Interface, Code. Offsets count
code points, as Label Studio stores them today; an older export, which counts UTF-16 units, is known by the text that it gives
beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
)
from arabic_news_ner.types import SUBTYPES, Article
from arabic_news_ner.version import __version__

#: The names of the controls of :func:`label_config`.
_LABELS, _SUBTYPE, _ENTITY, _TEXT = "label", "subtype", "entity", "text"
_COLORS = {"PER": "#0072B2", "ORG": "#D55E00", "LOC": "#009E73", ROLE: "#CC79A7"}


def label_config() -> str:
    """The labeling interface: names, roles, the relation from a role to its holder, subtype and entity of each name."""
    labels = "".join(f'\n    <Label value="{label}" background="{color}"/>' for label, color in _COLORS.items())
    subtypes = sorted({s for each in SUBTYPES.values() for s in each})
    choices = "".join(f'\n    <Choice value="{subtype}"/>' for subtype in subtypes)
    return f"""<View style="direction: rtl">
  <Relations>
    <Relation value="{HOLDER}"/>
  </Relations>
  <Labels name="{_LABELS}" toName="{_TEXT}">{labels}
  </Labels>
  <Text name="{_TEXT}" value="$text"/>
  <Choices name="{_SUBTYPE}" toName="{_TEXT}" perRegion="true" choice="single" showInline="true">{choices}
  </Choices>
  <TextArea name="{_ENTITY}" toName="{_TEXT}" perRegion="true" maxSubmissions="1" editable="true"/>
</View>
"""


def dumps(articles: Iterable[tuple[str, Article]], *, gold: bool = False) -> str:
    """The tasks of a project as JSON, to be imported.

    :param gold: write annotations that are taken for right, in place of predictions to be corrected.
    """
    tasks = [_task(identifier, article, gold) for identifier, article in articles]
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def _task(identifier: str, article: Article, gold: bool) -> dict[str, Any]:
    result = {"result": list(_regions(article))}
    if gold:
        answer = {"annotations": [{**result, "was_cancelled": False, "ground_truth": True}]}
    else:
        answer = {"predictions": [{**result, "model_version": f"arabic_news_ner {__version__}"}]}
    entities = {entity.id: entity.name for entity in article.entities}
    return {"data": {"id": identifier, "text": article.text, "entities": entities}, **answer}


def _regions(article: Article) -> Iterator[dict[str, Any]]:
    names = names_of(article)
    for number, (mention, entity) in enumerate(names, 1):
        place = {"start": mention.start, "end": mention.end, "text": mention.text}
        extra: dict[str, Any] = {} if mention.score is None else {"score": mention.score}
        yield _region(f"m{number}", _LABELS, "labels", {**place, "labels": [entity.label]}, extra)
        if entity.subtype:
            yield _region(f"m{number}", _SUBTYPE, "choices", {**place, "choices": [entity.subtype]})
        yield _region(f"m{number}", _ENTITY, "textarea", {**place, "text": [entity.id]})
    for number, (role, holder) in enumerate(roles_of(article), 1):
        place = {"start": role.start, "end": role.end, "text": role.text, "labels": [ROLE]}
        yield _region(f"r{number}", _LABELS, "labels", place, {} if role.score is None else {"score": role.score})
        if holder is not None:
            to = f"m{nearest_mention(role, holder, names) + 1}"
            yield {"type": "relation", "from_id": f"r{number}", "to_id": to, "direction": "right", "labels": [HOLDER]}


def _region(
    identifier: str, control: str, kind: str, value: dict[str, Any], extra: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    return {"id": identifier, "from_name": control, "to_name": _TEXT, "type": kind, "value": value, **(extra or {})}


def loads(content: str, *, where: str = "Label Studio") -> list[tuple[str, Article]]:
    """The articles of an export (JSON), each with its id: the last annotation that was not cancelled, else the prediction.

    :raises InputError: if it is not such an export or a task has neither, with the number of the task.
    """
    try:
        tasks = json.loads(content)
    except ValueError as error:
        raise InputError(f"{where}: not JSON: {error}") from error
    if not isinstance(tasks, list):
        raise InputError(f"{where}: a JSON {type(tasks).__name__}; an export of Label Studio (JSON) is a list of tasks")
    out = []
    for number, task in enumerate(tasks, 1):
        name = f"{where}, task {number}"
        try:
            out.append(_article(task, name, number))
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"{name}: not a task of Label Studio ({type(error).__name__}: {error}); export as JSON, not as JSON-MIN"
            ) from error
    return out


def _article(task: Mapping[str, Any], where: str, number: int) -> tuple[str, Article]:
    data = task["data"]
    text = data[_TEXT]
    if not isinstance(text, str):
        raise InputError(f"{where}: the field {_TEXT!r} of its data is {text!r:.60}, no str")
    given = [a for a in task.get("annotations") or () if not a.get("was_cancelled")] or task.get("predictions") or ()
    if not given:
        raise InputError(f"{where}: neither an annotation nor a prediction; export the annotated tasks")
    results: Sequence[Mapping[str, Any]] = given[-1]["result"]
    regions: dict[str, dict[str, Any]] = {}
    for result in results:
        if result["type"] != "relation":
            regions.setdefault(result["id"], {})[result["type"]] = result["value"]
    known: Mapping[str, str] = data.get("entities") or {}
    names: list[NameSpan] = []
    position: dict[str, int] = {}
    offices: list[tuple[str, int, int]] = []
    for identifier, values in regions.items():
        if "labels" not in values:
            continue  # a comment on the whole text
        label = values["labels"]["labels"][0]
        start, end = _bounds(text, values["labels"], where)
        if label == ROLE:
            offices.append((identifier, start, end))
            continue
        entity = next(iter(values.get("textarea", {}).get("text", ())), None)
        subtype = next(iter(values.get("choices", {}).get("choices", ())), None)
        position[identifier] = len(names)
        names.append(NameSpan(start, end, label, entity, subtype, known.get(entity) if entity else None))
    holders = dict(_relations(results, position, {identifier for identifier, _, _ in offices}, where))
    roles = [OfficeSpan(start, end, holders.get(identifier)) for identifier, start, end in offices]
    return str(data.get("id", task.get("id", number))), build_article(text, names, roles, where=where)


def _relations(
    results: Sequence[Mapping[str, Any]], position: Mapping[str, int], offices: set[str], where: str
) -> Iterator[tuple[str, int]]:
    """(id of a role, position of its holder), whichever of the two the relation was drawn from."""
    for result in results:
        if result["type"] == "relation" and HOLDER in (result.get("labels") or [HOLDER]):
            ends = (result["from_id"], result["to_id"])
            role = next((e for e in ends if e in offices), None)
            person = next((e for e in ends if e in position), None)
            if role is None or person is None:
                raise InputError(f"{where}: the relation {HOLDER!r} takes a role and a person, and joins {ends}")
            yield role, position[person]


def _bounds(text: str, value: Mapping[str, Any], where: str) -> tuple[int, int]:
    """Bounds in code points; those of an export in UTF-16 units are converted."""
    start, end, shown = int(value["start"]), int(value["end"]), value.get("text")
    if shown is None or text[start:end] == shown:
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    before, inside = (units[2 * a : 2 * b].decode("utf-16-le", "ignore") for a, b in ((0, start), (start, end)))
    if inside == shown:
        return len(before), len(before) + len(inside)
    raise InputError(f"{where}: its text has {text[start:end]!r} from {start} to {end}, and the region says {shown!r}")
