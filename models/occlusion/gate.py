"""Which form of the network may ship: INT8 only where it costs next to nothing and is faster than float."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray

from edge.occlusion.known_answer import question
from models.conversion.writer import serialise
from models.occlusion.answers import Runner, errors
from models.occlusion.scenes import Scene

MOST_PERCENT = 3.0
"""So much more error INT8 may have than float."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    One form, measured.

    Attributes:
        form: what is INT8.
        error_percent: mean error of hidden joints, % of the torso.
        increase_percent: against float.
        cpu_ms: of the processor, one window, one thread, median.
        bytes: of the file.
        allowed: whether it may ship in place of float.
    """

    form: str
    error_percent: float
    increase_percent: float
    cpu_ms: float
    bytes: int
    allowed: bool


def judge(models: Mapping[str, onnx.ModelProto], scenes: list[Scene]) -> list[Verdict]:
    """Measure every form on the same scenes; the first is the float network."""
    found: list[Verdict] = []
    for form, model in models.items():
        content = serialise(model)
        runner = Runner(content, int8=form != "float")
        each = np.concatenate([errors(runner.all(one.window)[0], one).percent for one in scenes])
        error, cpu_ms = float(each.mean()), cpu_time_ms(runner)
        base = found[0] if found else None
        increase = 100.0 * (error / base.error_percent - 1.0) if base else 0.0
        allowed = base is None or (increase <= MOST_PERCENT and cpu_ms < base.cpu_ms)
        found.append(Verdict(form, error, increase, cpu_ms, len(content), allowed))
    return found


def chosen(verdicts: list[Verdict]) -> Verdict:
    """The fastest form that is allowed."""
    return min((one for one in verdicts if one.allowed), key=lambda one: one.cpu_ms)


def cpu_time_ms(runner: Runner, runs: int = 40) -> float:
    """Median time of the processor (not the clock) for one window."""
    inputs: dict[str, NDArray[np.float32]] = question()
    times = []
    for _ in range(runs):
        start = time.process_time()
        for _ in range(5):
            runner.run(inputs)
        times.append((time.process_time() - start) / 5)
    return 1e3 * float(np.median(times))
