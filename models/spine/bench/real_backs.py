"""
The curve head on photographs of people seen from behind. Nobody knows their spines, so nothing here is an accuracy: it
is asked how large the readings are, and whether they stay when the picture is changed in ways that change no spine.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.bench.row import Row, at_least, at_most, printed
from edge.camera.frame import Frame
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.spine_crop import torso_box
from edge.pose.view_check import seen_view
from models.spine.bench.agreement_rows import jittered
from models.spine.bench.networks import Networks
from models.spine.bench.photos import PhotoLook, look_at_one
from models.spine.bench.statistics import median, p90, share

BENT = "bent"
Line = tuple[NDArray[np.float64], NDArray[np.float64]]
"""From its upper to its lower end, pixels."""
GAMMAS = (0.7, 1.4)
TURNS_DEG = (-5.0, 5.0)
MOST_LEAN_DEG = 25.0
MOST_SPREAD_DEG, LEAST_FLIPS = 5.0, 0.95


@dataclass(frozen=True, slots=True)
class Readings:
    """
    One person, the largest curve as read, + = convex to the right.

    Attributes:
        plain_deg: of the photograph.
        mirrored_deg: of its mirror image, as read; None when nobody is found there.
        others_deg: re-lit, turned and with other boxes.
        stands: see `stands`.
    """

    plain_deg: float
    mirrored_deg: float | None
    others_deg: tuple[float, ...]
    stands: bool = False

    @property
    def spread_deg(self) -> float:
        """Standard deviation over all copies, the mirror image's sign turned back."""
        back = [] if self.mirrored_deg is None else [-self.mirrored_deg]
        return float(np.std([self.plain_deg, *back, *self.others_deg]))

    @property
    def flips(self) -> bool | None:
        """Whether the sign turns with the picture; None without a mirror image."""
        return None if self.mirrored_deg is None else self.plain_deg * self.mirrored_deg < 0


def is_back(look: PhotoLook) -> bool:
    """
    Whether the person is seen from behind with an upright trunk: by the order of shoulders, hips and face in depth
    and across (the scores of eyes and nose stay high behind a head), and by a reading the station would use.
    """
    if look.coarse is None or look.refused is not None or look.photo.subset == BENT:
        return False
    return seen_view(look.coarse) is BodyView.BACK and _upright(_trunk(look.coarse))


def stands(landmarks: Landmarks) -> bool:
    """Whether somebody stands as far as the landmarks say: trunk and legs nearly upright, no elbow over a shoulder."""
    xy = landmarks.xyz_px[:, :2].astype(np.float64)
    lines = [_trunk(landmarks)]
    for side in ("LEFT", "RIGHT"):
        hip, knee, ankle = (xy[Joint[f"{side}_{part}"]] for part in ("HIP", "KNEE", "ANKLE"))
        lines += [(hip, knee), (knee, ankle)]
        if xy[Joint[f"{side}_ELBOW"], 1] < xy[Joint[f"{side}_SHOULDER"], 1]:
            return False
    return all(_upright(line) for line in lines)


def readings(look: PhotoLook, networks: Networks, dice: Generator) -> Readings:
    """Read a back view and its copies."""
    assert look.answer is not None
    assert look.coarse is not None
    changed = [relit(look.image, gamma) for gamma in GAMMAS] + [turned(look.image, turn) for turn in TURNS_DEG]
    others = [look_at_one(look.photo, image, networks).answer for image in changed]
    box = torso_box(look.coarse)
    frame = Frame(look.image, 0.0, 0)
    others += [networks.ask(frame, one, look.silhouette) for one in jittered(box, dice)[:4]] if box else []
    mirrored = look_at_one(look.photo, np.ascontiguousarray(look.image[:, ::-1]), networks).answer
    return Readings(
        plain_deg=look.answer.trend.largest,
        mirrored_deg=None if mirrored is None else mirrored.trend.largest,
        others_deg=tuple(answer.trend.largest for answer in others if answer is not None),
        stands=stands(look.coarse),
    )


def back_view_rows(found: Sequence[Readings], suffix: str = "") -> list[Row]:
    """The rows of real backs."""
    note = f"{len(found)} back views, presumably straight people"
    sizes, spreads = [abs(one.plain_deg) for one in found], [one.spread_deg for one in found]
    flips = [one.flips for one in found if one.flips is not None]
    standing = [abs(one.plain_deg) for one in found if one.stands]
    still = f"{len(standing)} that stand still"
    return [
        printed(f"real_back_views{suffix}", float(len(found)), "", "by the landmarks"),
        printed(f"real_back_read_median_deg{suffix}", median(sizes), "deg", f"{note}, p90 {p90(sizes) or 0:.1f}"),
        printed(f"real_back_standing_read_median_deg{suffix}", median(standing), "deg", still),
        at_most(f"real_back_spread_deg{suffix}", median(spreads), MOST_SPREAD_DEG, "deg", "sd over copies of one"),
        at_least(f"real_back_sign_flips_share{suffix}", share(flips), LEAST_FLIPS, "", "mirrored"),
    ]


def _trunk(landmarks: Landmarks) -> Line:
    """Mid-shoulder and mid-hip."""
    xy = landmarks.xyz_px[:, :2].astype(np.float64)
    ends = [xy[[Joint[f"LEFT_{part}"], Joint[f"RIGHT_{part}"]]].mean(axis=0) for part in ("SHOULDER", "HIP")]
    return ends[0], ends[1]


def _upright(line: Line) -> bool:
    """Whether a line points down the picture, more or less."""
    across, down = (line[1] - line[0]).tolist()
    return math.degrees(math.atan2(abs(across), down)) <= MOST_LEAN_DEG


def relit(image: NDArray[np.uint8], gamma: float) -> NDArray[np.uint8]:
    """The picture brighter (below 1) or darker."""
    table = (255 * (np.arange(256) / 255) ** gamma).round().astype(np.uint8)
    return np.asarray(cv2.LUT(image, table), np.uint8)


def turned(image: NDArray[np.uint8], turn_deg: float) -> NDArray[np.uint8]:
    """The picture turned about its middle, counter-clockwise; its edge goes on beyond it."""
    height, width = image.shape[:2]
    about = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 1.0)
    return np.asarray(cv2.warpAffine(image, about, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)
