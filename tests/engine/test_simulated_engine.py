import numpy as np
import pytest

from edge.clock import SimulatedClock
from edge.engine.simulated import SimulatedEngine
from edge.errors import ModelError

ONE = {"presence": np.ones((1, 1), np.float32)}
TWO = {"presence": np.full((1, 1), 2.0, np.float32)}
NAN = {"presence": np.full((1, 1), np.nan, np.float32)}
IMAGE = {"image": np.zeros((1, 3, 4, 4), np.float32)}


def test_the_script_is_followed_and_its_last_line_repeats() -> None:
    engine = SimulatedEngine([ONE, TWO])
    assert [engine.run(IMAGE)["presence"].item() for _ in range(3)] == [1.0, 2.0, 2.0]
    assert len(engine.inputs) == 3


def test_a_function_may_answer() -> None:
    engine = SimulatedEngine(lambda inputs: {"sum": inputs["image"].sum(keepdims=True)})
    assert engine.run(IMAGE)["sum"].item() == 0.0


def test_a_scripted_error_is_raised_once() -> None:
    engine = SimulatedEngine([ModelError("gone"), ONE])
    with pytest.raises(ModelError, match="gone"):
        engine.run(IMAGE)
    assert engine.run(IMAGE)["presence"].item() == 1.0


def test_numbers_that_are_none_are_refused_as_a_real_engine_refuses_them() -> None:
    with pytest.raises(ModelError, match="not finite"):
        SimulatedEngine([NAN]).run(IMAGE)


def test_it_takes_as_long_as_it_is_told() -> None:
    clock = SimulatedClock()
    SimulatedEngine([ONE], clock=clock, delay_s=0.25).run(IMAGE)
    assert clock.monotonic_s() == 0.25


def test_broken_or_closed_it_fails_until_repaired() -> None:
    engine = SimulatedEngine([ONE])
    engine.broken = True
    with pytest.raises(ModelError):
        engine.run(IMAGE)
    engine.broken = False
    engine.run(IMAGE)
    engine.close()
    with pytest.raises(ModelError):
        engine.run(IMAGE)
