"""An engine that says what it is told to say and breaks when it is told to."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from edge.clock import Clock
from edge.engine.engine import Tensors
from edge.engine.tensors import named_outputs
from edge.errors import ModelError

Answer = Mapping[str, NDArray[np.float32]]
Script = Sequence[Answer | Exception] | Callable[[Tensors], Answer]


class SimulatedEngine:
    """
    Gives scripted outputs; the last entry repeats.

        engine = SimulatedEngine([{"presence": np.ones((1, 1), np.float32)}])
        engine.broken = True    # from now on every run fails
    """

    def __init__(self, script: Script, *, clock: Clock | None = None, delay_s: float = 0.0) -> None:
        """
        Args:
            script: outputs or errors, one a run, at least one; or a function of the inputs. Outputs that are not
                finite are refused like a real engine's.
            clock: what the delay is waited on.
            delay_s: how long one run takes.
        """
        self._script = script
        self._clock = clock
        self.delay_s = delay_s
        self.broken = False
        self.closed = False
        self.inputs: list[Tensors] = []
        """What was asked, in order."""
        self.description = "simulated"

    def run(self, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
        """Give the next scripted outputs, or fail as told."""
        self.inputs.append(inputs)
        if self._clock is not None:
            self._clock.sleep(self.delay_s)
        if self.broken or self.closed:
            raise ModelError("the simulated engine was told to fail; repair it or open it again")
        answer = self._answer(inputs)
        if isinstance(answer, Exception):
            raise answer
        return named_outputs(list(answer), list(answer.values()), self.description)

    def close(self) -> None:
        """No more answers."""
        self.closed = True

    def _answer(self, inputs: Tensors) -> Answer | Exception:
        if callable(self._script):
            return self._script(inputs)
        return self._script[min(len(self.inputs), len(self._script)) - 1]
