"""What systemd hears from a service."""

import os
import socket

import pytest

from edge.notify import Notifier


@pytest.fixture(params=["path", "abstract"])
def systemd(request, tmp_path):
    """A listening datagram socket and the address a service would find in NOTIFY_SOCKET."""
    address = str(tmp_path / "notify") if request.param == "path" else f"@plumbline-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0" + address[1:] if address.startswith("@") else address)
        listener.settimeout(2.0)
        yield listener, address


def test_systemd_hears_every_state_on_a_path_and_on_an_abstract_address(systemd):
    listener, address = systemd
    notifier = Notifier.from_environment({"NOTIFY_SOCKET": address})
    assert notifier.ready()
    assert notifier.alive()
    assert notifier.status("three takes\nof three")
    assert notifier.stopping()
    heard = [listener.recv(4096).decode() for _ in range(4)]
    assert heard == ["READY=1", "WATCHDOG=1", "STATUS=three takes of three", "STOPPING=1"]


def test_a_status_cannot_smuggle_in_a_second_state(systemd):
    listener, address = systemd
    Notifier(address).status("measuring\nREADY=1")
    assert "\n" not in listener.recv(4096).decode()


def test_without_systemd_nothing_is_said_and_nothing_breaks():
    assert not Notifier.from_environment({}).alive()


def test_a_socket_that_is_gone_does_not_take_the_station_down(tmp_path):
    assert not Notifier(str(tmp_path / "gone")).alive()


def test_a_socket_that_nobody_empties_does_not_block_the_station(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "full"))
        notifier = Notifier(str(tmp_path / "full"))
        told = 0
        while notifier.alive():
            told += 1
        assert 0 < told < 100_000


@pytest.mark.parametrize(
    ("environment", "watchdog_s"),
    [
        ({"WATCHDOG_USEC": "10000000"}, 10.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": str(os.getpid())}, 10.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": str(os.getpid() + 1)}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_counts_only_when_it_watches_this_process(environment, watchdog_s):
    assert Notifier.from_environment(environment).watchdog_s == watchdog_s
