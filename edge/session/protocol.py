"""What a session asks of the person: which side, how many takes, how long."""

from dataclasses import dataclass

from edge.guidance.position import Limits
from edge.pose.body_view import BodyView
from edge.spine.coronal import FACTOR

STANDARD = Limits()


@dataclass(frozen=True, slots=True)
class ScreeningProtocol:
    """
    The steps of a session.

    Attributes:
        view: the side the camera has to see.
        takes: how many accepted takes make a result.
        most_takes: how many may be tried before the session ends as not measurable; never fewer than `takes`.
        take_s: length of a take.
        hold_s: how long the position has to be right before a take starts.
        between_s: time to step off, march and step on again.
        position_timeout_s: how long a person may look for the position.
        result_s: how long the result stays on the screen.
        due_hz: how many observations a second are due during a take, until the camera's true rate is known.
        auto_start: start when a person steps in; otherwise wait for the button.
        limits: from when on a position is wrong.
    """

    view: BodyView = BodyView.BACK
    takes: int = 3
    most_takes: int = 5
    take_s: float = 3.0
    hold_s: float = 1.5
    between_s: float = 4.0
    position_timeout_s: float = 60.0
    result_s: float = 20.0
    due_hz: float = 30.0
    auto_start: bool = True
    limits: Limits = STANDARD

    def __post_init__(self) -> None:
        if not 1 <= self.takes <= self.most_takes:
            raise ValueError(f"takes must be 1 to {self.most_takes}, got {self.takes}")
        if self.view not in FACTOR:
            raise ValueError(f"view must be back or front, got {self.view.value}")
        if self.take_s <= 0 or self.due_hz <= 0:
            raise ValueError("take_s and due_hz must be positive")


@dataclass(frozen=True, slots=True)
class VisionHealth:
    """
    What the station knows about the part that sees.

    Attributes:
        trouble: code of a text in `edge.guidance.texts`, e.g. "camera_frozen"; None while frames can be trusted.
        camera_hz: how many frames a second are due from the camera; None while nobody knows.
    """

    trouble: str | None = None
    camera_hz: float | None = None


WELL = VisionHealth()
