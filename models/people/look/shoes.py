"""Shoes and socks over the toes: one smooth shape around each foot."""

import numpy as np
from numpy.typing import NDArray

from models.people.look.anatomy import Anatomy
from models.people.look.parts import Rigid, tube_faces

_AROUND = 18
_PLACES = (0.0, 0.0, 0.02, 0.06, 0.12, 0.2, 0.32, 0.45, 0.58, 0.7, 0.8, 0.88, 0.94, 0.98, 1.0, 1.0)
"""Where along the foot the rings are, heel to tip; both ends are closed by a ring that shrinks to a point."""
_WIDTHS = (0.01, 0.78, 0.93, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.97, 0.88, 0.74, 0.5, 0.01)


def covers(anatomy: Anatomy) -> list[Rigid]:
    """A left and a right shape, without the sole's thickness of a heel: nobody grows by wearing them."""
    return [_cover(anatomy, side) for side in ("left", "right")]


def _cover(anatomy: Anatomy, side: str) -> Rigid:
    slots = [anatomy.bodies.slots.index(f"{side}_{part}") for part in ("foot", "toes")]
    share = anatomy.bodies.weights[:13380, slots].sum(1)
    foot = np.flatnonzero(share > 0.6)
    points = anatomy.rest[foot].astype(np.float64)
    rigid = np.flatnonzero(anatomy.bodies.weights[:13380, slots[0]] > 0.95)[::15].astype(np.int32)
    rest = _loft(points, anatomy.size)
    strand = np.zeros_like(rest)
    return Rigid(rigid, anatomy.rest[rigid], rest, strand, tube_faces(len(_PLACES), _AROUND))


def _loft(points: NDArray[np.float64], size: float) -> NDArray[np.float32]:
    """(n, 3) float32: rings from heel to tip, each as wide and high as the foot is there."""
    pad = 0.006 * size
    start, end = points[:, 1].min() - pad, points[:, 1].max() + 1.6 * pad
    along = (points - points.mean(0))[:, :2]
    direction = np.linalg.svd(along, full_matrices=False)[2][0]
    slant = direction[0] / direction[1]
    rings = []
    for place, width in zip(_PLACES, _WIDTHS, strict=True):
        y = start + (end - start) * place
        near = points[np.abs(points[:, 1] - y) < 0.022 * size]
        near = near if len(near) else points[[np.abs(points[:, 1] - y).argmin()]]
        middle = points[:, 0].mean() + slant * (y - points[:, 1].mean())
        middle = 0.3 * middle + 0.35 * (near[:, 0].min() + near[:, 0].max())
        half, top = np.ptp(near[:, 0]) / 2 + pad, min(near[:, 2].max(), 0.085 * size) + pad
        ring = _section(float(middle), y, float(half), float(top))
        centre = np.array([middle, y, top / 2])
        rings.append(centre + (ring - centre) * [width, 1.0, max(width, 0.05)])
    return np.asarray(np.concatenate(rings), np.float32)


def _section(middle: float, y: float, half: float, top: float) -> NDArray[np.float64]:
    """One ring: flat below, round above."""
    angle = np.arange(_AROUND) * 2 * np.pi / _AROUND
    x = middle + half * np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.7
    z = np.where(np.sin(angle) > 0, top * np.abs(np.sin(angle)) ** 0.8, 0.0)
    return np.stack([x, np.full(_AROUND, y), z + 0.002], -1)
