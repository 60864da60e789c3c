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

TURNS = 6
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
        cpu_ms: of the processor, one window, one thread, median of the fastest turn.
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
    contents = {form: serialise(model) for form, model in models.items()}
    runners = {form: Runner(content, int8=form != "float") for form, content in contents.items()}
    times, found = fastest_ms(runners), list[Verdict]()
    for form, runner in runners.items():
        each = np.concatenate([errors(runner.all(one.window)[0], one).percent for one in scenes])
        error, base = float(each.mean()), found[0] if found else None
        increase = 100.0 * (error / base.error_percent - 1.0) if base else 0.0
        allowed = base is None or (increase <= MOST_PERCENT and times[form] < base.cpu_ms)
        found.append(Verdict(form, error, increase, times[form], len(contents[form]), allowed))
    return found


def fastest_ms(runners: Mapping[str, Runner]) -> dict[str, float]:
    """Time of one window of each, taken in turns; the fastest turn, as other work on the machine only ever slows."""
    turns = [{form: cpu_time_ms(runner, 20) for form, runner in runners.items()} for _ in range(TURNS)]
    return {form: min(turn[form] for turn in turns) for form in runners}


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
