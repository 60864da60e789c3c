"""One sentence at a time: the most important fault, held long enough to be read."""

from collections.abc import Sequence

from edge.guidance.fault import Fault
from edge.guidance.guidance import Guidance
from edge.guidance.texts import say_fault

ENTER_S = 0.4
LEAVE_S = 0.1


class Coach:
    """
    Chooses what to say. A new fault is said once it has lasted; praise comes almost at once.

        guidance = coach.advise(now_s, faults, otherwise=say("hold"))
    """

    def __init__(self, enter_s: float = ENTER_S, leave_s: float = LEAVE_S) -> None:
        self._enter_s, self._leave_s = enter_s, leave_s
        self._said: Fault | None = None
        self._wanted: str | None = None
        self._since_s = 0.0
        self._wrong_since_s: float | None = None

    def advise(self, now_s: float, faults: Sequence[Fault], otherwise: Guidance) -> Guidance:
        """
        What to tell the person now.

        Args:
            now_s: monotonic seconds.
            faults: the most important first.
            otherwise: what to say when nothing is wrong.
        """
        worst = faults[0] if faults else None
        code = worst.code if worst else None
        if code != self._wanted:
            self._wanted, self._since_s = code, now_s
        if worst is None:
            self._wrong_since_s = None
        elif self._wrong_since_s is None:
            self._wrong_since_s = now_s
        if self._may_change(now_s, worst):
            self._said = worst
        return otherwise if self._said is None else say_fault(self._said)

    def _may_change(self, now_s: float, worst: Fault | None) -> bool:
        lasted_s = now_s - self._since_s
        if worst is None:
            return lasted_s >= self._leave_s
        if self._said is None:
            # Faults that take turns are no reason to praise: how long anything has been wrong counts.
            return self._wrong_since_s is not None and now_s - self._wrong_since_s >= self._enter_s
        return worst.code == self._said.code or lasted_s >= self._enter_s
