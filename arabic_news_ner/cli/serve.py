"""``arabic-news-ner serve`` and ``arabic-news-ner mcp``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    """The commands ``serve`` and ``mcp``."""
    serve = commands.add_parser(
        "serve",
        help="answer on a local web address",
        description="A web service on this machine: POST a text to /extract or a page to /extract-page, get the record. "
        "/ describes it, /health and /metrics say how it does. It has no password: open it to others behind a proxy "
        "that has.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8300, help="port to listen on (default: %(default)s)")
    serve.add_argument(
        "--allow-host",
        action="append",
        metavar="NAME",
        help="a further host name under which it may be called; * for any",
    )
    serve.add_argument("--model", default="base", help="a built-in pack or the folder of one (default: base)")
    serve.add_argument("--names", metavar="FILE", help="your own names, .tsv or .jsonl")
    serve.add_argument("--threads", type=int, default=1, metavar="N", help="cores for one text (default: 1)")
    serve.add_argument("--concurrency", type=int, metavar="N", help="texts read at a time (default: cores / threads)")
    serve.add_argument("--waiting", type=int, default=16, metavar="N", help="requests that may wait (default: 16)")
    serve.add_argument("--max-bytes", type=int, default=2_000_000, metavar="N", help="of a body (default: 2000000)")
    serve.add_argument("--seconds", type=float, default=30.0, metavar="S", help="for an answer (default: 30)")
    serve.set_defaults(run=run_serve)

    mcp = commands.add_parser(
        "mcp",
        help="serve tools to an assistant (Model Context Protocol)",
        description="An MCP server on standard input and output with the tools extract, extract_page and query.",
    )
    mcp.add_argument("--index", type=Path, metavar="DATABASE", help="the index that the tool query asks")
    mcp.add_argument("--model", default="base", help="a built-in pack or the folder of one (default: base)")
    mcp.add_argument("--names", metavar="FILE", help="your own names, .tsv or .jsonl")
    mcp.add_argument("--threads", type=int, metavar="N", help="processor cores to use (default: all)")
    mcp.set_defaults(run=run_mcp)


def run_serve(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from arabic_news_ner.integrations.core import Settings
    from arabic_news_ner.integrations.service import LOOPBACK, Limits, serve

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    concurrency = args.concurrency if args.concurrency is not None else max(1, cores // max(1, args.threads))
    limits = Limits(args.max_bytes, seconds=args.seconds, concurrency=concurrency, waiting=args.waiting)
    hosts = [*LOOPBACK, args.host, *(args.allow_host or ())]
    serve(Settings(args.model, args.threads, names=args.names), limits, host=args.host, port=args.port, hosts=hosts)
    return 0


def run_mcp(args: argparse.Namespace) -> int:
    """Serve tools until the other side hangs up."""
    from arabic_news_ner.integrations.core import Settings
    from arabic_news_ner.integrations.mcp_server import create_server

    create_server(Settings(args.model, args.threads, names=args.names), args.index).run("stdio")
    return 0
