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
        said = self._said.code if self._said else None
        if code == said or now_s - self._since_s >= (self._enter_s if worst else self._leave_s):
            self._said = worst
        return otherwise if self._said is None else say_fault(self._said)

    def say_at_once(self, faults: Sequence[Fault]) -> None:
        """Begin a step with what is wrong right now, without waiting."""
        self._said = faults[0] if faults else None
        self._wanted = self._said.code if self._said else None
