"""The points of one picture while a person changes them, with every step back and forth."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.spine.label.prediction import Prediction
from models.spine.label.record import FARTHEST_PX, PointLabel
from models.spine.layout import POINTS

Points = tuple[PointLabel, ...]
DIGITS = 3
"""Of a pixel, kept."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    Who changes something and when.

    Attributes:
        operator: role and number.
        utc: as the files keep it.
    """

    operator: str
    utc: str


def as_predicted(prediction: Prediction) -> Points:
    """The points as the network puts them, untouched."""
    return tuple(_point(prediction, number) for number in range(len(POINTS)))


def _point(prediction: Prediction, number: int) -> PointLabel:
    x, y = (float(value) for value in prediction.xy_px[number])
    known = abs(x) <= FARTHEST_PX and abs(y) <= FARTHEST_PX  # False for what is not a number, too
    place = (round(x, DIGITS), round(y, DIGITS)) if known else None
    sd, seen = float(prediction.sd_px[number]), float(prediction.visible[number])
    return PointLabel(
        name=POINTS[number],
        predicted_px=place,
        sd_px=round(sd, DIGITS) if np.isfinite(sd) and sd >= 0 else None,
        visible=round(min(1.0, max(0.0, seen)), DIGITS) if np.isfinite(seen) and known else 0.0,
        xy_px=place,
    )


class Editor:
    """
    Changes points, one step at a time.

        editor = Editor(as_predicted(prediction))
        editor.move(43, (120.0, 88.5), stamp)
        editor.undo()
    """

    def __init__(self, points: Points) -> None:
        self._steps = [points]
        self._at = 0
        self._nudged: int | None = None

    @property
    def points(self) -> Points:
        """As they stand now."""
        return self._steps[self._at]

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be taken back, and how many forth."""
        return self._at, len(self._steps) - 1 - self._at

    def move(self, number: int, xy_px: tuple[float, float], stamp: Stamp, *, nudged: bool = False) -> None:
        """Put a point somewhere; nudges of one point that follow each other are one step."""
        same = nudged and self._nudged == number
        self._change({number: _moved(self.points[number], xy_px, stamp)}, same_step=same)
        self._nudged = number if nudged else None

    def confirm(self, numbers: Iterable[int], stamp: Stamp) -> int:
        """Vouch for points where the network put them; give how many that newly were."""
        changed = {
            number: _said(point, stamp, state="confirmed", hidden=point.shown_hidden)
            for number in numbers
            if not (point := self.points[number]).true and point.xy_px is not None
        }
        self._change(changed)
        return len(changed)

    def hide(self, number: int, stamp: Stamp) -> None:
        """Say of a point that it cannot be seen, or that it can where it counted as hidden."""
        point = self.points[number]
        self._change({number: _said(point, stamp, hidden=not point.shown_hidden)})

    def restore(self, number: int) -> None:
        """Put a point back as the network had it, with nothing said about it."""
        point = self.points[number]
        if point.touched:
            blank = {"state": "predicted", "xy_px": point.predicted_px, "hidden": None, "operator": None, "utc": None}
            self._change({number: PointLabel(**(point.model_dump() | blank))})

    def undo(self) -> bool:
        """Take one step back; False where there is none."""
        return self._go(-1)

    def redo(self) -> bool:
        """Take it again; False where there is none."""
        return self._go(1)

    def _go(self, way: int) -> bool:
        self._nudged = None
        if not 0 <= self._at + way < len(self._steps):
            return False
        self._at += way
        return True

    def _change(self, changed: dict[int, PointLabel], *, same_step: bool = False) -> None:
        self._nudged = None
        if not changed:
            return
        points = tuple(changed.get(number, point) for number, point in enumerate(self.points))
        del self._steps[self._at + (0 if same_step else 1) :]
        self._steps.append(points)
        self._at = len(self._steps) - 1


def _moved(point: PointLabel, xy_px: tuple[float, float], stamp: Stamp) -> PointLabel:
    x, y = (round(min(FARTHEST_PX, max(-FARTHEST_PX, float(value))), DIGITS) for value in xy_px)
    # A network that gave no place said nothing about hidden either: whoever puts the point there sees it.
    hidden = point.shown_hidden if point.touched or point.predicted_px is not None else False
    return _said(point, stamp, state="corrected", xy_px=(x, y), hidden=hidden)


def _said(point: PointLabel, stamp: Stamp, **changes: object) -> PointLabel:
    return PointLabel.model_validate(point.model_dump() | changes | {"operator": stamp.operator, "utc": stamp.utc})
