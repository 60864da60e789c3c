"""A point in somebody's hand."""

import math
from dataclasses import dataclass, replace

from models.spine.label.view import Point

SLACK_PX = 2.0
"""A hand that presses shakes by less: it chooses the point and corrects nothing."""


@dataclass(frozen=True, slots=True)
class Drag:
    """
    Which point, from where to where.

    Attributes:
        number: of the point.
        start_px: where it was taken, on the screen.
        from_px: where the point was, pixels of the picture.
        now_px: where it is; None until the hand has moved.
    """

    number: int
    start_px: Point
    from_px: Point
    now_px: Point | None = None

    def moved(self, to: Point, scale: float) -> "Drag":
        """The hand is elsewhere on the screen; `scale` is pixels of the screen for one of the picture."""
        across, down = to[0] - self.start_px[0], to[1] - self.start_px[1]
        if self.now_px is None and math.hypot(across, down) < SLACK_PX:
            return self
        # By how far the hand moved, not to where it is: a point never jumps when it is taken beside its middle.
        return replace(self, now_px=(self.from_px[0] + across / scale, self.from_px[1] + down / scale))
