"""The guard of conftest.py holds: no test reaches another machine."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80), ("example.org", 80)])
def test_connecting_to_another_machine_fails_the_test(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as out, pytest.raises(pytest.fail.Exception, match="was to connect"):
        out.connect(address)


def test_looking_up_a_name_fails_the_test():
    with pytest.raises(pytest.fail.Exception, match="was to be looked up"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_this_machine_may_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as out:
        assert out.getpeername() == server.getsockname()
