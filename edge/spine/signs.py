"""
C15: how many independent signs of asymmetry agree from take to take.

A count, never a verdict: from `RESCREEN` on, a person is worth looking at again with a scoliometer. C11 is not among
them: its definition could not be checked.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BANDS: dict[str, tuple[str, ...]] = {
    "shoulders": ("C1",),
    "axillae": ("C2",),
    "pelvis": ("C4", "C4_psis"),
    "trunk": ("C5", "C5b"),
    "waist": ("C10_height", "C10"),
}
"""Sign -> the measures that can show it, the best first; a measure that is missing gives way to the next."""

AGREEING = 2 / 3
RESCREEN = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """
    What agrees over the takes of a session.

    Attributes:
        right: signs whose measure lies beyond its band to the person's right in two thirds of the takes.
        left: the same to the left.
        known: how many signs could be measured in two thirds of the takes.
    """

    right: tuple[str, ...]
    left: tuple[str, ...]
    known: int

    @property
    def count(self) -> int:
        """C15: signs to either side."""
        return len(self.right) + len(self.left)

    @property
    def rescreen(self) -> bool:
        """Whether that many agree that a scoliometer should be used."""
        return self.count >= RESCREEN


def concordant_signs(takes: Sequence[Mapping[str, float | None]], bands: Mapping[str, float]) -> Signs:
    """
    Count the signs that lie beyond their band on the same side in at least two of three takes (C15).

    Args:
        takes: for each take, measure id -> value; positive = to the person's right.
        bands: measure id -> how far it may be from zero; a measure without a band raises no sign.
    """
    sides = {sign: _side(rows, takes, bands) for sign, rows in BANDS.items()}
    return Signs(
        right=tuple(sign for sign, side in sides.items() if side == 1),
        left=tuple(sign for sign, side in sides.items() if side == -1),
        known=sum(side is not None for side in sides.values()),
    )


def _side(rows: Sequence[str], takes: Sequence[Mapping[str, float | None]], bands: Mapping[str, float]) -> int | None:
    """+1, -1 or 0 for no sign; None when no measure of the sign is known in enough takes."""
    enough = max(1, math.ceil(AGREEING * len(takes)))
    for row in rows:
        values = [value for take in takes if (value := take.get(row)) is not None]
        if row not in bands or len(values) < enough:
            continue
        for side in (1, -1):
            if sum(side * value > bands[row] for value in values) >= enough:
                return side
        return 0
    return None
