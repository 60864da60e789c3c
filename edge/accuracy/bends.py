"""The hump in a forward bend: the skyline the station reads from behind, against the true rotation of the back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from edge.accuracy.look import Look
from edge.accuracy.shot import Shot
from edge.accuracy.statistics import residual, slope
from edge.bench.row import Row, at_most, printed
from edge.pose.landmarks import Joint
from edge.spine.hump import BackReading, Hump, bend_depth_deg, hump_of
from edge.spine.measures import back_skyline

WANTED_RESIDUAL_DEG = 1.5
NOBODY = "nobody found"
TRUNK_OF_LEG = 0.27 / 0.46
"""Mid-hip to mid-shoulder over hip to ankle: these renders begin bent, the standing trunk can only be guessed."""
HIPS, SHOULDERS, ANKLES = (
    [Joint[f"{side}_{part}"] for side in ("LEFT", "RIGHT")] for part in ("HIP", "SHOULDER", "ANKLE")
)


@dataclass(frozen=True, slots=True)
class Bend:
    """
    One person bending forward.

    Attributes:
        seed: of the person.
        hump_deg: the median skyline angle of the bend; None when too few frames show one.
        atr_deg: the true rotation of the back, of the level where it is largest; + = right side higher.
        frames: skyline angle read and true skyline of each frame; None where there is none.
        reasons: why frames had no skyline.
        side: what the station says: +1 the right side stands higher, -1 the left one, 0 no hint; None when it could not
            look.
    """

    seed: int
    hump_deg: float | None
    atr_deg: float
    frames: tuple[tuple[float | None, float | None], ...]
    reasons: tuple[str, ...]
    side: int | None = None


def bend_of(looks: Sequence[Look]) -> Bend:
    """
    Read the skyline through one bend.

    Args:
        looks: at the frames of one take, in order: deeper and deeper.
    """
    read = [_skyline(look) for look in looks]
    hump = hump_of(
        [
            BackReading(depth, one)
            for look, one in zip(looks, read, strict=True)
            if isinstance(one, float) and (depth := _depth_deg(look)) is not None
        ]
    )
    return Bend(
        seed=looks[0].shot.seed,
        hump_deg=hump.angle_deg,
        atr_deg=true_atr_deg([look.shot for look in looks]),
        frames=tuple(
            (one if isinstance(one, float) else None, look.shot.measures.get("B2"))
            for one, look in zip(read, looks, strict=True)
        ),
        reasons=tuple(one for one in read if isinstance(one, str)),
        side=_sign(hump),
    )


def true_atr_deg(shots: Iterable[Shot]) -> float:
    """The rotation of the back where and when it is largest, degrees, with its sign."""
    return max((angle for shot in shots for angle in shot.atr_deg.values()), key=abs, default=0.0)


def bend_rows(bends: Sequence[Bend], suffix: str = "") -> list[Row]:
    """How the skyline follows the true rotation: one point a person."""
    known = [(bend.hump_deg, bend.atr_deg) for bend in bends if bend.hump_deg is not None]
    hump, atr = np.array([one for one, _ in known]), np.array([one for _, one in known])
    pairs = [pair for bend in bends for pair in bend.frames]
    both = [(read, true) for read, true in pairs if read is not None and true is not None]
    note = f"{len(known)} of {len(bends)} people"
    missing = sum(read is None for read, _ in pairs) / len(pairs) if pairs else None
    own = f"{len(both)} frames, against the outline of the true body"
    return [
        at_most(f"skyline_residual_deg{suffix}", residual(hump, atr), WANTED_RESIDUAL_DEG, "deg", f"ATR, {note}"),
        printed(
            f"skyline_slope{suffix}", slope(atr, hump) if len(known) > 1 else None, "", f"skyline over ATR, {note}"
        ),
        printed(f"skyline_true_residual_deg{suffix}", _true_residual(bends), "deg", "ATR, by a perfect reading"),
        printed(
            f"skyline_atr_sd_deg{suffix}", float(atr.std()) if known else None, "deg", "spread of the true ATR itself"
        ),
        printed(f"skyline_own_median_deg{suffix}", _median_error(both), "deg", own),
        printed(f"skyline_not_measurable_share{suffix}", missing, "", f"{len(pairs)} frames"),
    ]


def _true_residual(bends: Sequence[Bend]) -> float | None:
    """What a perfect reading of the skyline would leave of the rotation: a hump below the skyline is not on it."""
    humps = [max((true for _, true in bend.frames if true is not None), key=abs, default=None) for bend in bends]
    known = [(hump, bend.atr_deg) for hump, bend in zip(humps, bends, strict=True) if hump is not None]
    return residual(np.array([hump for hump, _ in known]), np.array([atr for _, atr in known]))


def _sign(hump: Hump) -> int | None:
    return None if hump.angle_deg is None else {"right": 1, "left": -1, None: 0}[hump.side]


def _depth_deg(look: Look) -> float | None:
    if look.landmarks is None:
        return None
    y_px = look.landmarks.xyz_px[:, 1]
    hips, shoulders, ankles = (float(y_px[joints].mean()) for joints in (HIPS, SHOULDERS, ANKLES))
    return bend_depth_deg(hips, shoulders, TRUNK_OF_LEG * (ankles - hips))


def _skyline(look: Look) -> float | str:
    if look.landmarks is None:
        return NOBODY
    if look.silhouette is None:
        return "no outline of the person"
    shot = look.shot
    found = back_skyline(look.silhouette, look.landmarks, shot.view, shot.setup, shot.size_px)
    return found if isinstance(found, str) else found.angle_deg


def _median_error(both: Sequence[tuple[float, float]]) -> float | None:
    return float(np.median([abs(read - true) for read, true in both])) if both else None
