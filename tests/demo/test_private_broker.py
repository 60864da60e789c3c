import socket

import pytest

from edge.demo.broker import PrivateBroker, find_mosquitto, free_port
from edge.demo.companions import Companions
from edge.demo.settings import demo_settings
from edge.errors import DeviceError

pytestmark = pytest.mark.broker


@pytest.fixture(autouse=True)
def _mosquitto():
    try:
        find_mosquitto()
    except DeviceError as error:
        pytest.skip(str(error))


def test_the_broker_answers_on_this_machine_only_and_ends_with_us(tmp_path):
    broker = PrivateBroker(tmp_path)
    with socket.create_connection(("127.0.0.1", broker.port), timeout=2.0):
        pass
    broker.close()
    broker.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", broker.port), timeout=2.0)


def test_a_port_that_is_taken_is_said(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        with pytest.raises(DeviceError, match=f"port {port}"):
            PrivateBroker(tmp_path, port)


def test_a_companion_that_ends_by_itself_is_said(tmp_path):
    config = demo_settings("straight", tmp_path, port=free_port(), models="models/built", full_screen=False)
    blocked = config.model_copy(update={"store": config.store.model_copy(update={"folder": "/proc/nowhere"})})
    with Companions(blocked, tmp_path) as companions:
        companions._processes["relay"].wait(20.0)
        with pytest.raises(DeviceError, match=r"relay has ended by itself, see .*relay\.log"):
            companions.check()
    assert "/proc/nowhere" in (tmp_path / "relay.log").read_text()
