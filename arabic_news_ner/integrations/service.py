"""A local web service: POST a text or a page, get its record (extra ``[serve]``: starlette, uvicorn, prometheus-client).

Limits hold for every request: its size, the time it may take, and how many are read or wait at a time; one more gets 429 at
once. An answer never holds a path or a trace. There is no password: the service listens on this machine alone unless told
otherwise, and answers only to the host names that it knows, so that no web page can reach it through a name of its own.
"""

from __future__ import annotations

import asyncio
import json
import math
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import ArabicNewsNerError, InputError, MissingExtraError
from arabic_news_ner.integrations.core import Settings, extractor_of, read_records
from arabic_news_ner.integrations.service_docs import openapi, page
from arabic_news_ner.version import __version__

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LOOPBACK = ("127.0.0.1", "localhost")
#: Reads a text: in a thread of the service.
Reader = Callable[[str, Settings], Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may take."""

    #: Bytes of its body.
    max_bytes: int = 2_000_000
    #: Seconds in which its body must arrive.
    body_seconds: float = 10.0
    #: Seconds from then to the answer, waiting included.
    seconds: float = 30.0
    #: Texts that are read at a time.
    concurrency: int = 1
    #: Requests that may wait for their turn; one more is refused.
    waiting: int = 16

    def __post_init__(self) -> None:
        for name in ("max_bytes", "body_seconds", "seconds", "concurrency"):
            if getattr(self, name) <= 0:
                raise InputError(f"{name} is {getattr(self, name)!r}; it takes a number above 0")
        if self.waiting < 0:
            raise InputError(f"waiting is {self.waiting!r}; it takes a number from 0")


class Refused(Exception):
    """A request that gets an error: its status and what is said."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def read(text: str, settings: Settings) -> Any:
    """The record of a text; of a page its records."""
    (found,) = read_records([text], settings)
    return {"articles": found} if settings.page else found


def create_app(
    settings: Settings,
    limits: Limits | None = None,
    *,
    hosts: Sequence[str] = LOOPBACK,
    reader: Reader = read,
) -> Starlette:
    """The service as an ASGI application.

    :param settings: the model and its threads; ``page`` and ``min_score`` come with the request.
    :param hosts: names under which it may be called (header ``Host``); ``["*"]`` for any.
    :raises MissingExtraError: without starlette or prometheus-client.
    """
    try:
        from starlette.applications import Starlette
        from starlette.exceptions import HTTPException
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.routing import Route

        service = _Service(settings, limits or Limits(), reader)
    except ImportError as error:
        raise MissingExtraError("the web service", error.name or "starlette", "serve") from error

    async def refuse(_: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 500)
        return service.answer({"error": getattr(error, "detail", "")} if status < 500 else _INTERNAL, status)

    return Starlette(
        routes=[
            Route("/extract", service.extract, methods=["POST"]),
            Route("/extract-page", service.extract_page, methods=["POST"]),
            Route("/health", service.health),
            Route("/metrics", service.metrics),
            Route("/openapi.json", service.openapi),
            Route("/", service.docs),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)],
        exception_handlers={HTTPException: refuse, Exception: refuse},
    )


_INTERNAL = {"error": "internal error; the log of the service says more"}


class _Service:
    """What the routes share: the limits, the threads, the counts."""

    def __init__(self, settings: Settings, limits: Limits, reader: Reader) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self._settings = settings
        self._limits = limits
        self._reader = reader
        self._threads = ThreadPoolExecutor(limits.concurrency, thread_name_prefix="reader")
        self._busy = 0
        self._registry = registry = CollectorRegistry()
        name = "arabic_news_ner"
        self._requests = Counter(
            "requests", "Requests by path and status.", ["path", "status"], namespace=name, registry=registry
        )
        self._seconds = Histogram(
            "request_seconds", "Seconds from the request to the answer.", ["path"], namespace=name, registry=registry
        )
        self._characters = Counter(
            "characters", "Characters of texts that were read.", namespace=name, registry=registry
        )
        busy = Gauge("busy", "Requests that are read or wait.", namespace=name, registry=registry)
        busy.set_function(lambda: self._busy)

    async def extract(self, request: Request) -> Response:
        """POST /extract: one article."""
        return await self._counted("/extract", lambda: self._read(request, page=False))

    async def extract_page(self, request: Request) -> Response:
        """POST /extract-page: the articles of a scraped page."""
        return await self._counted("/extract-page", lambda: self._read(request, page=True))

    async def health(self, _: Request) -> Response:
        """GET /health: whether it answers, and with what."""
        return self.answer({"status": "ok", "model": _model_name(self._settings), "version": __version__})

    async def metrics(self, _: Request) -> Response:
        """GET /metrics: counts in the format of Prometheus."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
        from starlette.responses import Response

        return Response(generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST, **_HEADERS})

    async def openapi(self, _: Request) -> Response:
        """GET /openapi.json: the description of the service."""
        return self.answer(openapi(self._limits.max_bytes))

    async def docs(self, _: Request) -> Response:
        """GET /: the same for people, without a script or a file from elsewhere."""
        from starlette.responses import HTMLResponse

        html, policy = page(openapi(self._limits.max_bytes))
        return HTMLResponse(html, headers={**_HEADERS, "Content-Security-Policy": policy})

    def answer(self, content: Any, status: int = 200) -> Response:
        """JSON with Arabic letters as they are; half a surrogate pair is escaped."""
        from starlette.responses import Response

        try:
            body = json.dumps(content, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            body = json.dumps(content).encode()
        more = {"Retry-After": "1"} if status == 429 else {}
        return Response(body, status, media_type="application/json", headers={**_HEADERS, **more})

    async def _counted(self, path: str, work: Callable[[], Awaitable[Any]]) -> Response:
        began = time.perf_counter()
        status = 500
        try:
            content = await work()
            status = 200
        except Refused as refused:
            content, status = {"error": refused.message}, refused.status
        finally:
            self._requests.labels(path, str(status)).inc()
            self._seconds.labels(path).observe(time.perf_counter() - began)
        return self.answer(content, status)

    async def _read(self, request: Request, *, page: bool) -> Any:
        limits = self._limits
        if self._busy >= limits.concurrency + limits.waiting:
            raise Refused(429, f"{limits.concurrency} texts are being read and {limits.waiting} wait; try again")
        self._busy += 1
        handed_over = False
        try:
            try:
                body = await asyncio.wait_for(_body(request, limits.max_bytes), limits.body_seconds)
            except asyncio.TimeoutError:
                raise Refused(408, f"the body did not arrive within {limits.body_seconds:g} seconds") from None
            text, min_score = _parsed(request.headers.get("content-type", ""), body, page=page)
            settings = replace(self._settings, min_score=min_score, page=page)
            self._characters.inc(len(text))
            future = self._threads.submit(self._reader, text, settings)
            handed_over = True
        finally:
            if not handed_over:
                self._busy -= 1
        return await self._result(future)

    async def _result(self, future: Future[Any]) -> Any:
        """What the thread found, if it is in time. A thread cannot be stopped: its place is free when it ends."""
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._leave))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._limits.seconds)
        except asyncio.TimeoutError:
            raise Refused(503, f"not read within {self._limits.seconds:g} seconds; send shorter texts") from None
        except InputError as error:
            raise Refused(400, str(error)) from None
        except ArabicNewsNerError as error:
            raise Refused(501, str(error)) from None

    def _leave(self) -> None:
        self._busy -= 1


_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def _model_name(settings: Settings) -> str:
    """The name of the model without the folder that it is in."""
    return settings.model.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


async def _body(request: Request, most: int) -> bytes:
    too_large = Refused(413, f"the body is larger than {most:,} bytes")
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise too_large
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_large
        parts.append(part)
    return b"".join(parts)


def _parsed(content_type: str, body: bytes, *, page: bool) -> tuple[str, float]:
    """The text and the least score of a request."""
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower() or "application/json"
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"charset {charset!r} is not read; send UTF-8")
    try:
        content = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(400, f"the body is not UTF-8 (byte {error.start})") from None
    default = Settings().min_score
    if kind == "text/plain" or (kind == "text/html" and page):
        return content, default
    if kind != "application/json":
        wanted = "application/json, text/plain" + (", text/html" if page else "")
        raise Refused(415, f"content type {kind!r} is not read; send {wanted}")
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"not JSON: {error}" if isinstance(error, ValueError) else "not JSON") from None
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise Refused(400, 'the JSON is no object with a "text" that is a string')
    score = value.get("min_score", default)
    if isinstance(score, bool) or not isinstance(score, (int, float)) or not 0 <= score <= 1 or math.isnan(score):
        raise Refused(400, "min_score takes a probability from 0 to 1")
    return value["text"], float(score)


def serve(
    settings: Settings, limits: Limits, *, host: str = "127.0.0.1", port: int = 8300, hosts: Sequence[str] = LOOPBACK
) -> None:
    """Load the model and serve until the process is stopped.

    :raises ModelError: if the model cannot be loaded.
    :raises MissingExtraError: without starlette, uvicorn or prometheus-client.
    """
    app = create_app(settings, limits, hosts=hosts)
    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtraError("the web service", "uvicorn", "serve") from error
    extractor_of(settings)
    print(f"serving on http://{host}:{port} (Ctrl-C ends)", file=sys.stderr, flush=True)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        limit_concurrency=4 * (limits.concurrency + limits.waiting) + 64,
        timeout_graceful_shutdown=math.ceil(limits.seconds),
    )
