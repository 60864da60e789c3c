"""
Every measure the station knows: what it is called, how it is said and from when on it is worth mentioning.

Where the figures come from:

- literature: the proposals in the screening literature for standing photographs (clinical ground, section 1.1).
- uncertainty: 90 % of the single-frame errors of this landmark network on rendered people seen from behind at 2-4 m
  lie within it: the larger of two measurements, a first one with the float network (shoulder tilt 3.2°, hip line 3.4°,
  trunk lean 1.7°) and `plumbline accuracy` on its hold-out with the INT8 network (3.0°, 4.3°, 1.9°, head tilt 6.1°,
  head lean 3.2°, head shift 10.5 mm). Much of it stays with a person, so averaging frames or takes does not remove it.
- A flag is never raised below what the network can support: threshold = max(literature, uncertainty). Without a known
  uncertainty there is no flag at all: the measure is information only.
- Millimetres of the uncertainty are the degrees over a nominal shoulder width of 360 mm or trunk of 450 mm.
"""

import math
from dataclasses import dataclass

from edge.spine.measure import PLUS_MINUS, Unit

SHOULDER_TILT_DEG, HIP_TILT_DEG, TRUNK_LEAN_DEG = 3.2, 4.3, 1.9
HEAD_TILT_DEG, HEAD_LEAN_DEG, HEAD_SHIFT_MM = 6.1, 3.2, 10.5
NOMINAL_SHOULDERS_MM, NOMINAL_TRUNK_MM = 360.0, 450.0
LITERATURE = "literature, raised to this station's uncertainty where that is larger"
INFORMATION = "none: information only"


@dataclass(frozen=True, slots=True)
class Definition:
    """
    One row of the catalogue.

    Attributes:
        id: as in `Measure.id`.
        name: what a person reads.
        unit: of the value, of `uncertainty` and of the thresholds.
        positive: words for a positive value, e.g. "right shoulder higher by".
        negative: words for a negative value.
        level: words for a value within the uncertainty, e.g. "shoulders level".
        surrogate: whether it stands in for a measure whose points this station cannot see yet.
        uncertainty: see the head of this file; None where it was never measured.
        literature_amber: from the literature; None when there is none.
        literature_strong: from the literature; None when there is none.
    """

    id: str
    name: str
    unit: Unit
    positive: str
    negative: str
    level: str
    surrogate: bool = False
    uncertainty: float | None = None
    literature_amber: float | None = None
    literature_strong: float | None = None

    @property
    def amber(self) -> float | None:
        """From this absolute value on the measure is mentioned; None when it never is."""
        return self._supported(self.literature_amber)

    @property
    def strong(self) -> float | None:
        """From this absolute value on it is mentioned strongly; None when it never is."""
        return self._supported(self.literature_strong)

    @property
    def threshold_source(self) -> str:
        """Where the thresholds come from, in words."""
        return INFORMATION if self.amber is None else LITERATURE

    def words(self, value: float, sd: float | None = None) -> str:
        """
        A value as a person reads it; inside the uncertainty, this station's or its own, no side is named.

        Args:
            value: in the unit.
            sd: its own standard deviation where the networks state one.

        >>> CATALOGUE["C1"].words(4.13)
        'right shoulder higher by 4.1°'
        >>> CATALOGUE["C1"].words(-0.4)
        'shoulders level within what this station can measure'
        """
        if abs(value) < max(self.uncertainty or 0.0, PLUS_MINUS * (sd or 0.0)):
            return f"{self.level} within what this station can measure"
        size = f"{abs(value):.{0 if self.unit == 'mm' else 1}f}"
        if not float(size):
            return self.level
        return f"{self.positive if value > 0 else self.negative} {size}{SYMBOL[self.unit]}"

    def _supported(self, threshold: float | None) -> float | None:
        if threshold is None or self.uncertainty is None:
            return None
        return max(threshold, self.uncertainty)


SYMBOL: dict[Unit, str] = {"deg": "°", "mm": " mm", "%trunk": " % of the trunk's length"}


def _over_mm(angle_deg: float, length_mm: float) -> float:
    return round(length_mm * math.tan(math.radians(angle_deg)), 1)


def _pair(measure_id: str, name: str, what: str, unit: Unit, **figures: float) -> Definition:
    return Definition(
        measure_id, name, unit, f"right {what} higher by", f"left {what} higher by", f"{what}s level", False, **figures
    )


def _offset(measure_id: str, name: str, words: tuple[str, str, str], unit: Unit, **figures: float) -> Definition:
    who, verb, level = words
    return Definition(
        measure_id, name, unit, f"{who} {verb} to the right by", f"{who} {verb} to the left by", level, True, **figures
    )


_TRUNK_SHIFT = ("shoulders", "shifted", "shoulders over the hips")
_HEAD_SHIFT = ("head", "shifted", "head over the shoulders")

CATALOGUE: dict[str, Definition] = {
    row.id: row
    for row in (
        _pair(
            "C1", "shoulder tilt", "shoulder", "deg",
            uncertainty=SHOULDER_TILT_DEG, literature_amber=2.0, literature_strong=5.0,
        ),
        _pair(
            "C1mm", "shoulder height difference", "shoulder", "mm",
            uncertainty=_over_mm(SHOULDER_TILT_DEG, NOMINAL_SHOULDERS_MM),
        ),
        _pair("C4", "pelvis tilt", "hip", "deg", uncertainty=HIP_TILT_DEG, literature_amber=3.0),
        _pair("C7", "head tilt", "ear", "deg", uncertainty=HEAD_TILT_DEG, literature_amber=3.0),
        _offset(
            "C5b", "shoulders over hips", _TRUNK_SHIFT, "mm",
            uncertainty=_over_mm(TRUNK_LEAN_DEG, NOMINAL_TRUNK_MM), literature_amber=10.0, literature_strong=20.0,
        ),
        _offset(
            "C5b_trunk", "shoulders over hips, relative", _TRUNK_SHIFT, "%trunk",
            uncertainty=_over_mm(TRUNK_LEAN_DEG, 100.0),
        ),
        _offset(
            "C6b", "trunk lean", ("trunk", "leaning", "trunk upright"), "deg",
            uncertainty=TRUNK_LEAN_DEG, literature_amber=2.0,
        ),
        _offset("C8b", "head lean", ("head", "leaning", "head upright"), "deg", uncertainty=HEAD_LEAN_DEG),
        _offset("C9b", "head over shoulders", _HEAD_SHIFT, "mm", uncertainty=HEAD_SHIFT_MM),
        _offset(
            "C9b_trunk", "head over shoulders, relative", _HEAD_SHIFT, "%trunk",
            uncertainty=round(HEAD_SHIFT_MM / NOMINAL_TRUNK_MM * 100, 1),
        ),
    )
}  # fmt: skip
"""Measure id -> its row, in the order a report shows them."""

_OVER = "C7 over the sacrum"
SPINE_CATALOGUE: dict[str, Definition] = {
    row.id: row
    for row in (
        Definition("C5", "trunk shift", "mm", "trunk shifted to the right by", "trunk shifted to the left by", _OVER),
        Definition(
            "C5_trunk", "trunk shift, relative", "%trunk",
            "trunk shifted to the right by", "trunk shifted to the left by", _OVER,
        ),
        Definition(
            "C6", "trunk lean from the spine", "deg",
            "trunk leaning to the right by", "trunk leaning to the left by", "trunk upright",
        ),
    )
}  # fmt: skip
"""
The same for what only a network for spine and back gives: the surrogates above stand in for these. How far such a
network errs has not been measured yet, so they are information only. Curve angles are not among them.
"""

REPORTED: dict[str, Definition] = CATALOGUE | SPINE_CATALOGUE
"""Everything a session may report."""
