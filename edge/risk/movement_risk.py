"""The movement index: how a movement went, with its parts, its uncertainty, and why there is none."""

from dataclasses import dataclass

USUAL_UP_TO = 0.5
"""An index up to here, this value included, is usual; what lies above is only said to be above usual."""
CAVEAT = "experimental"
NO_NETWORK = "no movement network is installed"
TOO_SHORT = "fewer than five seconds of movement were seen"
NOBODY = "nobody was in the picture for part of the movement"
SEVERAL = "a second person was in the picture"
FRAMES_LOST = "too many frames were lost"
UNSURE = "too few joints were seen clearly"
FACING_AWAY = "the person did not face the camera"
STILL = "hardly any movement was seen"


@dataclass(frozen=True, slots=True)
class SubIndices:
    """
    What the index is made of; each 0 best to 1 worst.

    Attributes:
        lean: how far to one side the movement leans.
        rotation: how much of the trunk's turning about its axis is missing.
        blades: how unlike both shoulder blades move.
    """

    lean: float
    rotation: float
    blades: float

    def __post_init__(self) -> None:
        if not all(0 <= part <= 1 for part in (self.lean, self.rotation, self.blades)):
            raise ValueError(f"a part of the movement index lies between 0 and 1, got {self}")


@dataclass(frozen=True, slots=True)
class MovementRisk:
    """
    How a movement went, over a window of five seconds or over a task. Experimental: it never leads to a referral.

    Attributes:
        time_s: capture time of the window's last frame, or None for an empty window.
        index: 0 best to 1 worst; None when it is unknown.
        reason: why `index` is None; None when there is one.
        parts: what it is made of; None when the index is.
        uncertainty: the index is off by less than this in two thirds of the takes it was checked on; None like it.
        coverage: 0 to 1, how much of the body's joints over the window were seen surely enough to be used; over a
            task, how many of its windows were usable.
        activity: how far the body moved, in shares of how far its joints spread; 0 when unknown.
    """

    time_s: float | None
    index: float | None
    reason: str | None
    parts: SubIndices | None = None
    uncertainty: float | None = None
    coverage: float = 0.0
    activity: float = 0.0

    def __post_init__(self) -> None:
        if (self.index is None) == (self.reason is None):
            raise ValueError("give a movement index or a reason, never both or neither")
        if self.index is not None and not 0 <= self.index <= 1:
            raise ValueError(f"a movement index lies between 0 and 1, got {self.index}")
        if self.index is None and (self.parts is not None or self.uncertainty is not None):
            raise ValueError("a movement index that is unknown has neither parts nor an uncertainty")
        if not 0 <= self.coverage <= 1:
            raise ValueError(f"the coverage of a movement index lies between 0 and 1, got {self.coverage}")

    @property
    def above_usual(self) -> bool:
        """Whether the index lies above what is usual; False when it is unknown."""
        return self.index is not None and self.index > USUAL_UP_TO

    @property
    def said(self) -> str:
        """
        One line for a screen.

        >>> MovementRisk(1.0, 0.62, None, SubIndices(0.7, 0.2, 0.1), 0.12, 0.97).said
        'movement index 0.62 ± 0.12 (experimental), above usual'
        """
        if self.index is None:
            return f"movement index not known: {self.reason}"
        margin = "" if self.uncertainty is None else f" ± {self.uncertainty:.2f}"
        return f"movement index {self.index:.2f}{margin} ({CAVEAT}), {'above usual' if self.above_usual else 'usual'}"
