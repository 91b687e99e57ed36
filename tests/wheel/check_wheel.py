"""The installed wheel, away from the source: run by ``nox -s tests_of_wheel`` on each Python, not by pytest."""

from __future__ import annotations

import inspect
import json
import pickle
import subprocess
import sys
import sysconfig
from pathlib import Path

import arabic_news_ner as ann
from arabic_news_ner import errors

TEXT = "التقى وزير الصحة رمضان أبو جناح في مدينة مصراتة وفدا من منظمة الصحة العالمية.\nوقال أبو جناح إن الوزارة تعمل مع المنظمة."


def check(condition: bool, what: str) -> None:
    if not condition:
        raise SystemExit(f"FAILED {what}")
    print("ok", what)


def main() -> None:
    print(sys.version)
    home = Path(ann.__file__).resolve()
    check("site-packages" in home.parts, f"imported from the wheel: {home.parent.name}")
    for model in ("base", "fast"):
        article = ann.Extractor.load(model).extract(TEXT)
        check([p.name for p in article.people] == ["رمضان أبو جناح"], f"{model}: the person")
        check(any(r.text == "وزير الصحة" for r in article.people[0].roles), f"{model}: the office")
        check({p.name for p in article.places} == {"مصراتة"}, f"{model}: the place")
        check(
            all(article.text[m.start : m.end] == m.text for e in article.entities for m in e.mentions),
            f"{model}: offsets",
        )
        check(ann.Article.from_json(article.to_json()) == article, f"{model}: JSON and back")
        check(pickle.loads(pickle.dumps(article)) == article, f"{model}: pickle and back")
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind, Exception):
            error = kind("feature", "package", "extra") if kind is errors.MissingExtraError else kind("message")
            check(str(pickle.loads(pickle.dumps(error))) == str(error), f"{name} pickles")
    command = Path(sysconfig.get_path("scripts")) / (
        "arabic-news-ner.exe" if sys.platform == "win32" else "arabic-news-ner"
    )
    out = subprocess.run(
        [command, "extract", "--jsonl"],
        input=json.dumps({"id": 1, "text": TEXT}).encode(),
        capture_output=True,
        check=True,
    ).stdout
    check("رمضان أبو جناح" in out.decode("utf-8"), "the command line")
    packages = {name for name in ("torch", "pandas", "trafilatura", "matplotlib") if name in sys.modules}
    check(not packages, f"nothing heavy is loaded {sorted(packages)}")


if __name__ == "__main__":
    main()
