"""``arabic-news-ner info``: versions, extras, model packs and tables with their sources and licences."""

from __future__ import annotations

import json
import platform
import re
from importlib import metadata, resources
from typing import Any

from arabic_news_ner.version import __version__

DISTRIBUTION = "arabic-news-ner"
CORE = ("numpy", "onnxruntime", "regex", "tokenizers", "hijridate")
#: A requirement of an extra, as package metadata writes it: ``lxml>=5; extra == 'html'``.
_OF_EXTRA = re.compile(r"""^([\w.-]+)[^;]*;.*\bextra\s*==\s*['"]([\w.-]+)['"]""")


def record() -> dict[str, Any]:
    """What ``info --json`` writes."""
    return {
        "arabic_news_ner": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in CORE},
        "extras": extras(),
        "packs": _packs(),
        "knowledge": _knowledge(),
    }


def extras() -> dict[str, list[str]]:
    """Each extra with the packages of it that are not installed; empty if the metadata of the package is not there."""
    try:
        requirements = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return {}
    found: dict[str, list[str]] = {}
    for requirement in requirements:
        match = _OF_EXTRA.match(requirement)
        if match and match[1] != DISTRIBUTION:
            missing = found.setdefault(match[2], [])
            if not _is_installed(match[1]):
                missing.append(match[1])
    return dict(sorted(found.items()))


def _is_installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def _packs() -> list[dict[str, Any]]:
    from arabic_news_ner.tagging.onnx import pack

    packs = []
    for name in pack.built_in_packs():
        manifest = pack.load(name).manifest
        packs.append(
            {
                "name": name,
                "version": manifest["version"],
                "protocol": manifest["protocol"],
                "megabytes": round(sum(f["bytes"] for f in manifest["files"].values()) / 1e6, 1),
                "heads": [head["name"] for head in manifest["heads"]],
                "encoder": manifest["encoder"]["name"],
                "encoder_licence": manifest["encoder"]["licence"],
                "corpora": [c["name"] for c in manifest["corpora"]],
                "corpora_licences": [c["licence"] for c in manifest["corpora"]],
            }
        )
    return packs


def _knowledge() -> dict[str, Any]:
    """The attribution and the sources of the knowledge base."""
    path = resources.files("arabic_news_ner") / "data" / "knowledge" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    sources = [{key: source.get(key) for key in ("name", "version", "licence")} for source in manifest["sources"]]
    return {"attribution": manifest["attribution"], "sources": sources}


def lines(info: dict[str, Any]) -> list[str]:
    """The record as text for people."""
    out = [f"{name:16} {info[name]}" for name in ("arabic_news_ner", "python", *CORE)]
    if info["extras"]:
        ready = [name for name, missing in info["extras"].items() if not missing]
        absent = [name for name, missing in info["extras"].items() if missing]
        out += ["", f"extras installed      {', '.join(ready) or 'none'}"]
        if absent:
            out += [
                f"extras not installed  {', '.join(absent)}",
                f"  install one with: pip install '{DISTRIBUTION}[{absent[0]}]'",
            ]
    for pack in info["packs"]:
        out += ["", f"pack {pack['name']} {pack['version']} (protocol {pack['protocol']}, {pack['megabytes']} MB)"]
        out += [f"  heads    {', '.join(pack['heads'])}", f"  encoder  {pack['encoder']} ({pack['encoder_licence']})"]
        for name, licence in zip(pack["corpora"], pack["corpora_licences"], strict=True):
            out.append(f"  corpus   {name} ({licence})")
    out += ["", "knowledge base"]
    for source in info["knowledge"]["sources"]:
        out.append(f"  source   {' '.join(filter(None, (source['name'], source['version'])))} ({source['licence']})")
    return [*out, f"  {info['knowledge']['attribution']}"]
