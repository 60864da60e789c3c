"""The movement index, and that there is none as long as no movement network is installed."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge.pose.landmarks import Landmarks

NO_NETWORK = "no movement network is installed"


@dataclass(frozen=True, slots=True)
class MovementRisk:
    """
    How a movement went, over a window of about five seconds.

    Attributes:
        time_s: capture time of the window's last frame, or None for an empty window.
        index: 0 best to 1 worst; None when it is unknown.
        reason: why `index` is None; None when there is one.
    """

    time_s: float | None
    index: float | None
    reason: str | None

    def __post_init__(self) -> None:
        if (self.index is None) == (self.reason is None):
            raise ValueError("give a movement index or a reason, never both or neither")
        if self.index is not None and not 0 <= self.index <= 1:
            raise ValueError(f"a movement index lies between 0 and 1, got {self.index}")


def assess(window: Sequence[Landmarks]) -> MovementRisk:
    """
    The movement index of a window of landmarks: always unknown, since the network for it is not part of this version.

    >>> assess(()).reason
    'no movement network is installed'
    """
    return MovementRisk(window[-1].time_s if window else None, None, NO_NETWORK)
