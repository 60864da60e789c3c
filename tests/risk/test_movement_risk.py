import pytest

from edge.risk.movement_risk import NO_NETWORK, MovementRisk, assess
from tests.people import standing


def test_without_a_network_the_index_is_unknown_and_says_why():
    risk = assess([standing(time_s=1.0), standing(time_s=2.0)])
    assert (risk.time_s, risk.index, risk.reason) == (2.0, None, NO_NETWORK)
    assert assess([]).time_s is None


@pytest.mark.parametrize(("index", "reason"), [(None, None), (0.3, "why"), (1.1, None), (-0.1, None)])
def test_an_index_or_a_reason_but_neither_both_nor_nonsense(index, reason):
    with pytest.raises(ValueError, match="movement index"):
        MovementRisk(1.0, index, reason)
