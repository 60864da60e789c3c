"""A measured number, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from edge.pose.body_view import BodyView

Unit = Literal["deg", "mm", "%trunk"]
"""Units of what a session reports today."""

AnyUnit = Literal["deg", "mm", "%trunk", "%shoulders", "%stature", "%"]
"""Units of everything that can be measured; "%" is a share of the whole of left and right."""


PLUS_MINUS = 1.645
"""Standard deviations to each side that hold 90 % of a normal distribution: what stands behind a "±"."""


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One measure of one frame.

    Attributes:
        id: row of `clinical.md`, e.g. "C1"; a surrogate has an id of its own, e.g. "C6b".
        value: in `unit`; None when it cannot be known. Coronal sign: positive = the person's right side is
            higher, shifted to the right, leaning to the right, in front and back views alike.
        unit: of `value`.
        reason: why `value` is None; None when there is a value.
        recovered: True when a point it stands on was recovered by the occlusion model, not seen.
        sd: standard deviation of `value` from that of the points it stands on, same unit, see `uncertainty.py`; 0 when
            they are exact, None when whoever found them states none, or without a value.
    """

    id: str
    value: float | None
    unit: AnyUnit
    reason: str | None = None
    recovered: bool = False
    sd: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError(f"{self.id}: give a value or a reason, never both or neither")
        if self.value is None and self.sd is not None:
            raise ValueError(f"{self.id}: what has no value has no uncertainty")


@dataclass(frozen=True, slots=True)
class SpineMeasures:
    """
    Everything measured in one frame.

    Attributes:
        time_s: capture time of the frame, seconds on CLOCK_MONOTONIC.
        view: the view the measures were computed for.
        by_id: measure id -> Measure.
    """

    time_s: float
    view: BodyView
    by_id: Mapping[str, Measure]
