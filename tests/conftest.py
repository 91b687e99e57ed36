"""Shared by all tests: one loaded extractor, a few articles written for the project."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import settings

from arabic_news_ner import Extractor

settings.register_profile("project", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("project")

DISPATCH = """رئيس الحكومة الليبية يبحث مع وزير الخارجية الإيطالي ملف الهجرة
طرابلس - رويترز
بحث رئيس حكومة الوحدة الوطنية عبد الحميد الدبيبة، اليوم الثلاثاء في طرابلس، مع وزير الخارجية الإيطالي أنطونيو تاياني
سبل الحد من الهجرة غير النظامية عبر البحر المتوسط.
وقال الدبيبة في مؤتمر صحفي إن بلاده تتطلع إلى دعم الاتحاد الأوروبي، فيما أكد تاياني أن روما ستواصل العمل مع طرابلس.
"""

SPORT = """الأهلي يفوز على الزمالك بهدفين في القاهرة
فاز الأهلي على غريمه الزمالك بهدفين دون رد، في المباراة التي جرت مساء الجمعة باستاد القاهرة الدولي.
وسجل محمد شريف الهدف الأول في الدقيقة 23 قبل أن يضيف حسين الشحات الثاني. وقال مدرب الأهلي مارسيل كولر إن فريقه استحق الفوز.
"""


def _is_local(address):
    """Is this a Unix socket, or a socket address of this machine alone?"""
    if not isinstance(address, tuple):
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """The library works offline: a test that reaches for another machine, or looks up its name, fails."""

    def guarded(name):
        plain = getattr(socket.socket, name)

        def call(self, address, *rest):
            if not _is_local(address):
                pytest.fail(f"a socket was to connect to {address!r}")
            return plain(self, address, *rest)

        return call

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    look_up = socket.getaddrinfo

    def looked_up(host, *rest, **options):
        if host not in (None, "", b"") and not _is_local((host if isinstance(host, str) else host.decode(),)):
            pytest.fail(f"the address of {host!r} was to be looked up")
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


@pytest.fixture(scope="session")
def extractor():
    return Extractor.load(threads=2)


@pytest.fixture
def dispatch():
    return DISPATCH


@pytest.fixture
def sport():
    return SPORT
