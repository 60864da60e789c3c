"""What judges a movement while it goes on; `edge.risk` has the network that does."""

from typing import Protocol

from edge.pose.observation import Observation
from edge.risk.movement_risk import NO_NETWORK, MovementRisk


class MovementIndex(Protocol):
    """Follows one task."""

    def see(self, observation: Observation) -> object:
        """Take in what was seen in one frame."""

    def finish(self) -> MovementRisk:
        """Return the index of the whole task, or why there is none."""


class NoMovementIndex:
    """A station without a movement network: only what was measured is reported."""

    def __init__(self) -> None:
        self._newest_s: float | None = None

    def see(self, observation: Observation) -> None:
        """Remember when it was."""
        self._newest_s = observation.time_s

    def finish(self) -> MovementRisk:
        """Say that there is no network."""
        return MovementRisk(self._newest_s, None, NO_NETWORK)
