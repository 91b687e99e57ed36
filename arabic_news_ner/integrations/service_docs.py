"""The description of the web service: OpenAPI 3.1, and a page for people that needs nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from typing import Any

from arabic_news_ner.record_schema import record_schema
from arabic_news_ner.version import __version__

_RECORD = {"$ref": "#/components/schemas/Article"}
_ERRORS = {
    "400": "The body cannot be read; the message says why.",
    "408": "The body did not arrive in time.",
    "413": "The body is too large.",
    "415": "The content type or charset is not read.",
    "429": "Too many requests are read and wait. Try again after the seconds of Retry-After.",
    "500": "An error of the service.",
    "501": "A part that this page needs is not installed; the message says which.",
    "503": "Not read in time.",
}


def openapi(max_bytes: int) -> dict[str, Any]:
    """The description of the service as an OpenAPI document."""
    text = {
        "type": "object",
        "required": ["text"],
        "properties": {
            "text": {"type": "string", "description": "The article or page."},
            "min_score": {
                "type": "number",
                "minimum": 0,
                "maximum": 1,
                "description": "Leave out mentions and roles that are less probable.",
            },
        },
    }
    plain = {"schema": {"type": "string"}}
    article = {"application/json": {"schema": text}, "text/plain": plain}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "arabic_news_ner",
            "version": __version__,
            "description": "People with their offices, organizations and places of Arabic news. Offsets are half-open and "
            "count code points of the text, not UTF-16 units as in JavaScript. "
            f"A body has at most {max_bytes:,} bytes.",
        },
        "paths": {
            "/extract": {
                "post": _operation("extract", "Read one article.", article, _RECORD),
            },
            "/extract-page": {
                "post": _operation(
                    "extractPage",
                    "Read a scraped page, text or HTML: the main article and those under it.",
                    {**article, "text/html": plain},
                    {
                        "type": "object",
                        "required": ["articles"],
                        "properties": {
                            "articles": {"type": "array", "items": {"allOf": [_RECORD, {"required": ["text"]}]}}
                        },
                    },
                ),
            },
            "/health": {
                "get": _get("health", "Whether the service answers, its model and version.", "application/json")
            },
            "/metrics": {"get": _get("metrics", "Counts in the format of Prometheus.", "text/plain")},
        },
        "components": {"schemas": _schemas()},
    }


def _schemas() -> dict[str, Any]:
    """The published schema of the record, with its parts beside it, as OpenAPI has them."""
    text = json.dumps(record_schema()).replace('"#/$defs/', '"#/components/schemas/')
    article = json.loads(text)
    parts: dict[str, Any] = article.pop("$defs")
    article.pop("$schema", None)
    return {"Article": article, **parts}


def _operation(name: str, summary: str, content: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    error = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
    errors = {
        status: {"description": what, "content": {"application/json": {"schema": error}}}
        for status, what in _ERRORS.items()
    }
    found = {"description": "The record.", "content": {"application/json": {"schema": answer}}}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": content},
        "responses": {"200": found, **errors},
    }


def _get(name: str, summary: str, kind: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": {"description": "As said.", "content": {kind: {}}}},
    }


_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { overflow: auto; padding: .75rem; border: 1px solid; border-radius: .25rem; }
"""


def page(description: dict[str, Any]) -> tuple[str, str]:
    """(the page, its Content-Security-Policy): every operation with its summary, a command, the answers and their types."""
    parts = []
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            parts.append(f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(operation['summary'])}</p>")
            if "requestBody" in operation:
                kinds = ", ".join(operation["requestBody"]["content"])
                command = (
                    "curl -s -H 'Content-Type: text/plain' \\\n"
                    f"  --data-binary @article.txt http://127.0.0.1:8300{path}"
                )
                parts.append(f"<p>Content types: {escape(kinds)}</p><pre>{escape(command)}</pre>")
            rows = "".join(
                f"<li><code>{status}</code> {escape(r['description'])}</li>"
                for status, r in operation["responses"].items()
            )
            parts.append(f"<ul>{rows}</ul>")
    shown = escape(json.dumps(description["components"]["schemas"], indent=1))
    parts.append(f"<details><summary>JSON Schema of a record</summary><pre>{shown}</pre></details>")
    info = description["info"]
    html = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(info['title'])} {escape(info['version'])}</h1>"
        f'<p>{escape(info["description"])}</p><p><a href="openapi.json">openapi.json</a></p>{"".join(parts)}</main></body></html>'
    )
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html, policy
