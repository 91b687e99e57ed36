"""Importing the package does nothing: no heavy module, no file opened for writing, no network, few modules."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("numpy", "onnxruntime", "tokenizers", "regex", "pandas", "torch", "asyncio", "multiprocessing", "logging")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_import_loads_nothing_heavy():
    loaded = json.loads(run("import sys, json; import arabic_news_ner; print(json.dumps(sorted(sys.modules)))"))
    assert [name for name in HEAVY if name in loaded] == []


def test_import_touches_neither_network_nor_files():
    code = """
import sys
seen = []
def watch(event, args):
    if event.startswith("socket") or event in ("os.mkdir", "os.rename", "os.remove"):
        seen.append(event)
    if event == "open" and args[1] and set(args[1]) & set("wax+"):
        seen.append((event, str(args[0])))
sys.dont_write_bytecode = True
sys.addaudithook(watch)
import arabic_news_ner
print(seen)
"""
    assert run(code).strip() == "[]"


def test_import_loads_few_modules():
    code = "import sys; before = set(sys.modules); import arabic_news_ner; print(len(set(sys.modules) - before))"
    assert int(run(code)) < 60


def test_every_public_name_is_there():
    import arabic_news_ner as ann

    for name in ann.__all__:
        assert getattr(ann, name) is not None
    assert set(dir(ann)) == set(ann.__all__)


def test_an_unknown_name_is_an_attribute_error():
    import arabic_news_ner as ann

    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        getattr(ann, "extrakt")  # noqa: B009
