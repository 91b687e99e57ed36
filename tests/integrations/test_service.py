"""The web service over a real socket: records, limits, refusals, and nothing of the machine in an answer."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from arabic_news_ner.integrations.core import Settings
from tests.integrations.conftest import MODEL, TEXTS

pytestmark = pytest.mark.serve
pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("prometheus_client")


@contextmanager
def served(limits=None, **more):
    """The port of a running service."""
    import uvicorn

    from arabic_news_ner.integrations.service import create_app

    app = create_app(Settings(model=MODEL), limits, **more)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", server_header=False))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(timeout=30)


@pytest.fixture(scope="module")
def port():
    from arabic_news_ner.integrations.service import Limits

    with served(Limits(max_bytes=20_000, concurrency=2)) as port:
        yield port


def call(port, method, path, body=None, kind="application/json", **headers):
    """(status, content, headers) of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        method, path, body, {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.headers.get("Content-Type", "").startswith("application/json"):
        content = json.loads(content)
    return response.status, content, response.headers


def test_a_text_gives_its_record(port, expected):
    body = json.dumps({"text": TEXTS[0]})
    status, record, headers = call(port, "POST", "/extract", body)
    assert status == 200
    assert record == expected[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    status, plain, _ = call(port, "POST", "/extract", TEXTS[0].encode(), "text/plain; charset=utf-8")
    assert plain == expected[0]


def test_min_score_is_passed_on(port, expected):
    _, record, _ = call(port, "POST", "/extract", json.dumps({"text": TEXTS[0], "min_score": 0.999}))
    assert len(record["entities"]) < len(expected[0]["entities"])


def test_a_page_gives_its_articles_with_their_texts(port):
    _, found, _ = call(port, "POST", "/extract-page", json.dumps({"text": TEXTS[0]}))
    (article,) = found["articles"]
    mention = article["entities"][0]["mentions"][0]
    assert article["text"][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "message"),
    [
        (b"{", "application/json", 400, "not JSON"),
        (b"[" * 5000, "application/json", 400, "not JSON"),
        (b"[]", "application/json", 400, "no object"),
        (b'{"text": 5}', "application/json", 400, "string"),
        (b'{"text": "x", "min_score": 2}', "application/json", 400, "probability"),
        (b'{"text": "x", "min_score": NaN}', "application/json", 400, "probability"),
        (b"\xc7\xe1", "text/plain", 400, "not UTF-8"),
        (b"x", "text/plain; charset=windows-1256", 415, "send UTF-8"),
        (b"x", "image/png", 415, "image/png"),
        (b"<p>x</p>", "text/html", 415, "text/html"),
        (b"x" * 20_001, "text/plain", 413, "20,000 bytes"),
    ],
)
def test_unreadable_input_is_reported(port, body, kind, status, message):
    got, content, _ = call(port, "POST", "/extract", body, kind)
    assert got == status
    assert message in content["error"]


def test_a_large_body_without_a_length_is_refused(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    parts = (b"x" * 1000 for _ in range(30))
    connection.request("POST", "/extract", parts, {"Content-Type": "text/plain"}, encode_chunked=True)
    assert connection.getresponse().status == 413


def test_half_a_surrogate_pair_comes_back(port):
    status, record, _ = call(port, "POST", "/extract-page", '{"text": "قال سامي حداد في طرابلس \\ud83d"}'.encode())
    assert status == 200
    assert record["articles"][0]["text"].endswith("\ud83d")


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/extract", 405), ("GET", "/nothing", 404)])
def test_other_addresses_are_refused_as_json(port, method, path, status):
    got, content, _ = call(port, method, path)
    assert got == status
    assert set(content) == {"error"}


def test_another_host_name_is_refused(port):
    """A web page that calls the service by a name of its own, which leads to 127.0.0.1, gets nothing."""
    assert call(port, "GET", "/health", Host="evil.example")[0] == 400
    assert call(port, "GET", "/health", Host=f"localhost:{port}")[0] == 200


def test_health_and_metrics(port):
    from prometheus_client.parser import text_string_to_metric_families

    status, health, _ = call(port, "GET", "/health")
    assert (status, health["status"], health["model"]) == (200, "ok", MODEL)
    call(port, "POST", "/extract", json.dumps({"text": "نص"}))
    _, content, headers = call(port, "GET", "/metrics")
    assert headers["Content-Type"].startswith("text/plain")
    families = {family.name: family for family in text_string_to_metric_families(content.decode())}
    requests = {(s.labels["path"], s.labels["status"]): s.value for s in families["arabic_news_ner_requests"].samples}
    assert requests["/extract", "200"] >= 1
    assert families["arabic_news_ner_busy"].samples[0].value == 0


def test_the_description_is_openapi_and_the_answer_fits_it(port, expected):
    validate = pytest.importorskip("openapi_spec_validator").validate
    jsonschema = pytest.importorskip("jsonschema")
    _, description, _ = call(port, "GET", "/openapi.json")
    validate(description)
    answer = description["paths"]["/extract"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {"components": description["components"], **answer}
    jsonschema.validate(expected[0], schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**expected[0], "entities": [{}]}, schema)
    pages = description["paths"]["/extract-page"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    _, found, _ = call(port, "POST", "/extract-page", json.dumps({"text": TEXTS[0]}))
    jsonschema.validate(found, {"components": description["components"], **pages})


def test_the_page_for_people_needs_nothing_from_elsewhere(port):
    status, content, headers = call(port, "GET", "/")
    assert status == 200
    html = content.decode()
    assert "<script" not in html
    assert "src=" not in html
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "POST /extract-page" in html
    assert "keyword_entities" in html


class Gate:
    """A reader that waits to be let go."""

    def __init__(self):
        self.open = threading.Event()
        self.inside = threading.Semaphore(0)

    def __call__(self, text, settings):
        self.inside.release()
        assert self.open.wait(60)
        return {"read": text}


def test_one_more_than_read_and_wait_gets_429_at_once():
    from arabic_news_ner.integrations.service import Limits

    gate = Gate()
    with (
        served(Limits(concurrency=1, waiting=2), reader=gate) as port,
        ThreadPoolExecutor(3) as pool,
    ):
        calls = [pool.submit(call, port, "POST", "/extract", '{"text": "x"}') for _ in range(3)]
        assert gate.inside.acquire(timeout=30)
        while b"arabic_news_ner_busy 3.0" not in call(port, "GET", "/metrics")[1]:
            time.sleep(0.01)
        status, content, headers = call(port, "POST", "/extract", '{"text": "x"}')
        assert (status, headers["Retry-After"]) == (429, "1")
        assert "2 wait" in content["error"]
        assert call(port, "GET", "/health")[0] == 200
        gate.open.set()
        assert [c.result(timeout=60)[0] for c in calls] == [200, 200, 200]
        assert call(port, "POST", "/extract", '{"text": "x"}')[0] == 200


def test_a_text_that_takes_too_long_gets_503_and_keeps_its_place_until_it_ends():
    from arabic_news_ner.integrations.service import Limits

    gate = Gate()
    with served(Limits(concurrency=1, waiting=0, seconds=0.2), reader=gate) as port:
        status, content, _ = call(port, "POST", "/extract", '{"text": "x"}')
        assert status == 503
        assert "0.2 seconds" in content["error"]
        assert call(port, "POST", "/extract", '{"text": "x"}')[0] == 429
        gate.open.set()
        while b"arabic_news_ner_busy 0.0" not in call(port, "GET", "/metrics")[1]:
            time.sleep(0.01)
        assert call(port, "POST", "/extract", '{"text": "x"}')[0] == 200


def test_a_body_that_does_not_come_gets_408_and_leaves_its_place():
    from arabic_news_ner.integrations.service import Limits

    with served(Limits(concurrency=1, waiting=0, body_seconds=0.2), reader=lambda text, settings: {}) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
            slow.sendall(b"POST /extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
            assert b" 408 " in slow.recv(4000).split(b"\r\n")[0]
        assert call(port, "POST", "/extract", '{"text": "x"}')[0] == 200


def test_a_fault_says_nothing_of_the_machine():
    def broken(text, settings):
        raise OSError("/home/somebody/secret/model.onnx cannot be opened")

    with served(reader=broken) as port:
        status, content, headers = call(port, "POST", "/extract", '{"text": "x"}')
        assert status == 500
        assert content == {"error": "internal error; the log of the service says more"}
        assert "server" not in headers
        _, metrics, _ = call(port, "GET", "/metrics")
        assert b'status="500"} 1.0' in metrics


def test_the_command_serves_until_it_is_interrupted():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "arabic_news_ner.cli.main", "serve", "--model", MODEL, "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert f"http://127.0.0.1:{port}" in process.stderr.readline()
        while True:
            assert process.poll() is None
            try:
                status, health, _ = call(port, "GET", "/health")
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        assert (status, health["model"]) == (200, MODEL)
        assert call(port, "POST", "/extract", json.dumps({"text": TEXTS[3]}))[1]["entities"]
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        assert "Traceback" not in process.stderr.read()
    finally:
        process.kill()


def test_limits_are_checked():
    from arabic_news_ner.errors import InputError
    from arabic_news_ner.integrations.service import Limits

    with pytest.raises(InputError, match="concurrency is 0"):
        Limits(concurrency=0)
