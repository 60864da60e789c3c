"""What a measure is called here, its unit and its flag."""

from dataclasses import dataclass

from edge.spine.catalogue import REPORTED
from edge.spine.measures import RECIPES

NAMES = {
    "C2": "axilla tilt",
    "C2mm": "axilla height difference",
    "C10": "waist angle difference",
    "C10_height": "waist height difference",
    "C10_gap": "arm-trunk gap difference",
    "C13": "knee angle difference",
    "C13_knees": "knee line tilt",
    "C13_ankles": "ankle line tilt",
    "C13_legs": "leg length difference",
    "C14": "surface curve",
    "C14_all": "surface curve, all points",
    "B2": "back skyline",
}
"""Names of measures the sessions do not report yet; the others are called by their id."""


@dataclass(frozen=True, slots=True)
class Measured:
    """
    One measure.

    Attributes:
        id: as in the clinical ground.
        name: what a person reads.
        unit: of every value.
        amber: from this absolute value on it is flagged; None without a flag.
    """

    id: str
    name: str
    unit: str
    amber: float | None = None

    @property
    def title(self) -> str:
        """Id and name; the id alone where the measure has no other name."""
        return self.id if self.name == self.id else f"{self.id} {self.name}"


def measured(row: str) -> Measured:
    """
    Look a measure up.

    >>> measured("C1")
    Measured(id='C1', name='shoulder tilt', unit='deg', amber=3.2)
    >>> measured("C10_height").unit
    'mm'
    """
    if row in REPORTED:
        known = REPORTED[row]
        return Measured(row, known.name, known.unit, known.amber)
    return Measured(row, NAMES.get(row, row), RECIPES[row].unit)
