"""Broker, relay and collector are killed while summaries are written; nothing is lost and nothing doubled."""

import pytest

from edge.bench.chaos import run_chaos
from edge.demo.broker import find_mosquitto
from edge.errors import DeviceError


@pytest.mark.broker
@pytest.mark.timeout(180)
@pytest.mark.parametrize("persistence", [False, True])
def test_a_few_kills_lose_and_double_nothing(persistence: bool):
    try:
        find_mosquitto()
    except DeviceError as error:
        pytest.skip(str(error))
    result = run_chaos(summaries=40, kills=6, seed=1, persistence=persistence)
    assert (result.saved, result.lost, result.doubled, result.strangers, result.waiting) == (40, 0, 0, 0, 0)
    assert sum(result.kills.values()) == 7
    assert [row.id for row in result.rows()][:2] == ["relay_chaos_lost", "relay_chaos_doubled"]
    assert all(row.ok for row in result.rows())
