"""
Left and right of a standing person, kept from frame to frame: what the network exchanged is undone or given away.

Seen from behind, the network now and then takes a back for a front and exchanges every left with its right, or only
both legs or both arms. A body cannot do that from one frame to the next.
"""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.view_check import seen_view


class Part(Enum):
    """What is exchanged together."""

    HEAD = ("EYE_INNER", "EYE", "EYE_OUTER", "EAR")
    SHOULDERS = ("SHOULDER",)
    ARMS = ("ELBOW", "WRIST", "PINKY", "INDEX", "THUMB")
    HIPS = ("HIP",)
    LEGS = ("KNEE", "ANKLE", "HEEL", "FOOT_INDEX")


WHOLE = tuple(Part)
TELLING = {Part.SHOULDERS: ("SHOULDER",), Part.ARMS: ("ELBOW",), Part.HIPS: ("HIP",), Part.LEGS: ("KNEE", "ANKLE")}
"""Joints that tell a part's order: elbows and knees do not cross in standing, hands behind the back do."""

TRUNK = (Part.SHOULDERS, Part.HIPS)
TRUNK_JOINTS = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
ELBOWS = (Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW)

CLEAR = {Part.SHOULDERS: 0.15, Part.ARMS: 0.25, Part.HIPS: 0.08, Part.LEGS: 0.08}
"""From this distance across on, as a share of the trunk's length, an order is clear."""

LONGEST_GAP_S = 0.6
"""Over a longer gap a person may have turned round."""

NEAR = 0.2
"""Joints of the trunk nearer than this share of its length to where they were a moment ago are in the same place."""

SAME_PLACE = 0.5
"""An exchanged frame fits the last one at less than this share of the distance that it has as it stands."""

FACE = (Joint.NOSE, *(joint for joint in Joint if Joint.LEFT_EYE_INNER <= joint <= Joint.RIGHT_EYE_OUTER))
MOUTH = (Joint.MOUTH_LEFT, Joint.MOUTH_RIGHT)


@dataclass(frozen=True, slots=True, eq=False)
class Sided:
    """
    One frame's landmarks after the check.

    Attributes:
        landmarks: with the right left and right, as far as it can be said.
        exchanged: the parts whose left and right were exchanged back; empty when none were.
        doubtful: True when left and right contradict each other and cannot be told: not to be measured.
        turned: True when the person was believed to face the other way in the frame before, so that left and right
            were exchanged until then: nothing may be averaged across.
    """

    landmarks: Landmarks
    exchanged: tuple[Part, ...] = ()
    doubtful: bool = False
    turned: bool = False


class SideKeeper:
    """
    Keeps left and right of one followed person.

        keeper = SideKeeper(BodyView.BACK)
        landmarks = keeper.keep(landmarks).landmarks
    """

    def __init__(self, asked: BodyView | None = None) -> None:
        """
        Args:
            asked: the side the person was asked to show. It decides between two halves of a body that contradict each
                other in the first frame. Who faces the other way is believed, but one who was asked for their back
                and shows it in any later frame has shown it all along: the network takes some backs for fronts, and
                took none of 120 rendered fronts for a back.
        """
        self._asked = {BodyView.BACK: 1, BodyView.FRONT: -1}.get(asked) if asked else None
        self._asked_back = 1 if asked is BodyView.BACK else None
        self._last: Landmarks | None = None
        self._facing = 0

    def reset(self) -> None:
        """Forget the person."""
        self._last, self._facing = None, 0

    def asks_again(self, landmarks: Landmarks) -> bool:
        """Whether somebody who was asked for their back, and has not shown it yet, seems to show their front."""
        if self._asked_back is None or self._facing == self._asked_back:
            return False
        order = orders(landmarks)
        return all(order[part] == -self._asked_back for part in TRUNK)

    def is_mixed(self, landmarks: Landmarks) -> bool:
        """
        Whether somebody who was asked for their back shows neither it nor their front: parts contradict each other,
        or left and right fall together. Who was never seen from behind may as well stand sideways, and an elbow that
        is not seen contradicts nobody.
        """
        if self._asked_back is None or not landmarks.known[[*TRUNK_JOINTS, *ELBOWS]].all():
            return False
        known = self.last_back(landmarks.time_s) is not None
        return shows(landmarks) == 0 and (known or seen_view(landmarks) is None)

    def last_back(self, time_s: float) -> Landmarks | None:
        """The person as they last showed the back they were asked for; None when that is too long ago."""
        last = self._last
        if last is None or self._facing != self._asked_back or not 0.0 <= time_s - last.time_s <= LONGEST_GAP_S:
            return None
        return last

    def keep(self, landmarks: Landmarks) -> Sided:
        """
        Check the next frame of the same person; frames come in the order of their time.

        Args:
            landmarks: as read. Nothing is written into them.
        """
        if self._last is not None and not 0.0 <= landmarks.time_s - self._last.time_s <= LONGEST_GAP_S:
            self.reset()
        order = orders(landmarks)
        facing, settled = self._facing_of(landmarks, order)
        if facing == 0:
            # A side view, or shoulders against hips with nothing known before: nothing to hold on to.
            self.reset()
            return Sided(landmarks, doubtful=not settled)
        parts = WHOLE if _flipped(order, facing) else tuple(part for part, one in order.items() if one == -facing)
        kept = exchange(landmarks, parts) if parts else landmarks
        turned = self._facing == -facing
        self._last, self._facing = kept, facing
        return Sided(kept, parts, turned=turned)

    def _facing_of(self, landmarks: Landmarks, order: dict[Part, int]) -> tuple[int, bool]:
        """+1 the back, -1 the front, 0 cannot be said; and whether that is without contradiction."""
        trunk = {part: order[part] for part in TRUNK if order[part]}
        seen = order[Part.SHOULDERS] if order[Part.SHOULDERS] == order[Part.HIPS] else 0
        if seen and seen in (self._facing, self._asked_back):
            return seen, True
        if self._facing and trunk and self._is_held(landmarks, trunk):
            return self._facing, True
        if seen:
            return seen, True
        if len(trunk) < len(TRUNK):
            return 0, True
        return (self._asked, True) if self._asked else (0, False)

    def _is_held(self, landmarks: Landmarks, trunk: dict[Part, int]) -> bool:
        """Whether the clear parts of the trunk lie as before, or where the other side's lay."""
        if all(one == self._facing for one in trunk.values()):
            return True
        return self._last is not None and _in_the_same_place(landmarks, self._last, tuple(trunk))


def orders(landmarks: Landmarks) -> dict[Part, int]:
    """
    How left and right of each part lie in the picture: +1 as in a back, -1 as in a front, 0 when it is not clear.
    """
    xy = landmarks.xyz_px[:, :2].astype(np.float64)
    known = landmarks.known & np.isfinite(xy[:, 0]) & np.isfinite(xy[:, 1])
    trunk = list(TRUNK_JOINTS)
    if not known[trunk].all():
        return dict.fromkeys(TELLING, 0)
    length = float(np.linalg.norm(xy[trunk[:2]].mean(axis=0) - xy[trunk[2:]].mean(axis=0)))
    return {part: _order(xy, known, part, length) for part in TELLING}


def shows(landmarks: Landmarks) -> int:
    """+1 for a back and -1 for a front in trunk, arms and depth; 0 when they contradict each other or are not clear."""
    order, view = orders(landmarks), seen_view(landmarks)
    side = {BodyView.BACK: 1, BodyView.FRONT: -1}.get(view, 0) if view else 0
    return side if all(order[part] == side for part in (*TRUNK, Part.ARMS)) else 0


def same_place(landmarks: Landmarks, last: Landmarks) -> bool:
    """Whether every joint of the trunk lies near where it lay."""
    now, before = (one.xyz_px[list(TRUNK_JOINTS), :2].astype(np.float64) for one in (landmarks, last))
    length = float(np.linalg.norm(before[:2].mean(axis=0) - before[2:].mean(axis=0)))
    return bool((np.linalg.norm(now - before, axis=1) < NEAR * length).all())


def width_share(landmarks: Landmarks, last: Landmarks) -> float:
    """How wide shoulders or hips are across the picture, whichever got narrower, as a share of what they were."""
    shares = []
    for left, right in (TRUNK_JOINTS[:2], TRUNK_JOINTS[2:]):
        now, before = (abs(float(one.xyz_px[right, 0] - one.xyz_px[left, 0])) for one in (landmarks, last))
        shares.append(now / max(before, 1.0))
    return min(shares)


def exchange(landmarks: Landmarks, parts: tuple[Part, ...]) -> Landmarks:
    """
    The landmarks with left and right of some parts exchanged; with all of them the face looks the other way, too.

    Places stay as read: only the names change, and the depth of a face that was never seen.
    """
    index = np.arange(len(Joint))
    for part in parts:
        for name in part.value:
            left, right = Joint[f"LEFT_{name}"], Joint[f"RIGHT_{name}"]
            index[left], index[right] = right, left
    whole = set(parts) == set(WHOLE)
    if whole:
        index[list(MOUTH)] = index[list(MOUTH[::-1])]
    xyz, world = landmarks.xyz_px[index], landmarks.world_m[index]
    if whole:
        xyz, world = _turned_face(xyz), _turned_face(world)
    return replace(
        landmarks,
        xyz_px=xyz,
        world_m=world,
        score=landmarks.score[index],
        recovered=landmarks.recovered[index],
        sd_px=None if landmarks.sd_px is None else landmarks.sd_px[index],
    )


def _order(xy: NDArray[np.float64], known: NDArray[np.bool_], part: Part, length: float) -> int:
    across = []
    for name in TELLING[part]:
        left, right = Joint[f"LEFT_{name}"], Joint[f"RIGHT_{name}"]
        if not known[[left, right]].all():
            return 0
        across.append(float(xy[right, 0] - xy[left, 0]))
    if min(abs(x) for x in across) < CLEAR[part] * length or min(across) < 0 < max(across):
        return 0
    return 1 if across[0] > 0 else -1


def _flipped(order: dict[Part, int], facing: int) -> bool:
    """Whether nothing agrees with the way the person faces and the trunk says the opposite."""
    against = [part for part, one in order.items() if one == -facing]
    return {Part.SHOULDERS, Part.HIPS} <= set(against) and facing not in order.values()


def _in_the_same_place(landmarks: Landmarks, last: Landmarks, parts: tuple[Part, ...]) -> bool:
    """Whether shoulders or hips stand where the other side's stood: exchanged in the picture, not turned round."""
    apart = np.zeros(2)
    for name in (name for part in parts for name in TELLING[part]):
        pair = [Joint[f"LEFT_{name}"], Joint[f"RIGHT_{name}"]]
        now, before = landmarks.xyz_px[pair, :2], last.xyz_px[pair, :2]
        as_it_stands = float(np.linalg.norm(now - before))
        crossed = float(np.linalg.norm(now[::-1] - before))
        apart += min(as_it_stands, crossed), max(as_it_stands, crossed)
    return bool(apart[0] < SAME_PLACE * apart[1])


def _turned_face(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """(33, 3): eyes, nose and mouth as far behind the ears as they were before them."""
    turned: NDArray[np.float32] = points.copy()
    middle = points[[Joint.LEFT_EAR, Joint.RIGHT_EAR], 2].mean()
    face = [*FACE, *MOUTH]
    turned[face, 2] = 2 * middle - points[face, 2]
    return turned
