"""What every screen can do."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from edge.camera.frame import Frame
from edge.pose.observation import Observation
from edge.session.state import SessionState
from edge.session.tasks.inputs import Input


class Action(str, Enum):
    """What a person asked for, by key, touch or button."""

    PRESS = "press"
    CANCEL = "cancel"
    QUIT = "quit"


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """
    Everything there is to paint.

    Attributes:
        frame: the picture, or None when there is none to show.
        observation: what was seen in exactly this frame; None when nothing fresh is known about it.
        state: where the session stands.
        announcement: stands on the screen all the time, e.g. "RECORDING - not a live person"; None for a live camera.
        waiting: summaries that no collector has confirmed yet.
        trouble: one sentence about a part that does not work, or None.
        notes: extra lines for the result screen, e.g. the receipt.
    """

    frame: Frame | None
    observation: Observation | None
    state: SessionState
    announcement: str | None
    waiting: int
    trouble: str | None
    notes: tuple[str, ...] = ()


class Display(Protocol):
    """A screen with keys."""

    def show(self, screen: Screen) -> None:
        """Paint once and flip; raise DeviceError when the screen is gone."""

    def actions(self) -> list[Action | Input]:
        """What was asked for since the last call, oldest first."""

    def close(self) -> None:
        """Give the screen back; closing twice is fine."""
