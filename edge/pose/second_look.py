"""
A second look at somebody who was asked for their back and does not clearly show it.

The landmark network takes some backs for fronts, and tracking keeps showing it the picture it went wrong on; or it
mixes both into one reading whose shoulders or hips fall together. Through other crops of the same frame it mostly goes
right: of six rendered people whose backs it took for fronts, five have a crop here that shows the back, and none of 55
rendered fronts (220 frames) had one. Crops from 1.6 times the usual size on do turn fronts round. Where a spine network
is there, it is asked first.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from edge.camera.frame import Frame
from edge.pose.arbiter import Arbiter
from edge.pose.body_view import BodyView
from edge.pose.landmarker import Landmarker, Reading, landmarks_of
from edge.pose.landmarks import Landmarks
from edge.pose.region import Region
from edge.pose.sides import WHOLE, exchange, same_place, shows, width_share
from edge.pose.view_check import seen_view

ENOUGH = 2
"""So many crops must show a back without any contradiction: of 265 small photographs of fronts, 13 had one, 4 two."""
EVERY_S = 0.4
AS_WIDE = 0.9
"""Shoulders and hips that keep this share of their width are not mixed with those of the other side."""
MOST = 3
"""So often other crops of one person are looked at, so far apart, while they seem to show their front."""


@dataclass(frozen=True, slots=True)
class Crop:
    """
    How another crop differs from the usual one.

    Attributes:
        scale: times the side.
        turn_deg: clockwise in the picture.
        up: share of the side that it lies higher.
    """

    scale: float
    turn_deg: float = 0.0
    up: float = 0.0

    def of(self, region: Region) -> Region:
        """The crop of a person."""
        return replace(
            region,
            y_px=region.y_px - self.up * region.side_px,
            side_px=region.side_px * self.scale,
            rotation_rad=region.rotation_rad + math.radians(self.turn_deg),
        )


CROPS = (Crop(1.3), Crop(1.3, up=0.08), Crop(1.15), Crop(1.3, turn_deg=12.0), Crop(1.3, turn_deg=-12.0), Crop(0.85))


class SecondLook:
    """
    Looks again, now and then, at one followed person.

        back = SecondLook(landmarker).back(frame, region, front)
    """

    def __init__(self, landmarker: Landmarker, arbiter: Arbiter | None = None) -> None:
        """
        Args:
            landmarker: looks at other crops.
            arbiter: knows a back from a front on its own; None where no such network runs.
        """
        self._landmarker, self._arbiter = landmarker, arbiter
        self.reset()

    def reset(self) -> None:
        """Forget the person."""
        self._looks, self._looked_s, self._searched_s = 0, -math.inf, -math.inf
        self._helped: Crop | None = None

    def back(self, frame: Frame, region: Region, front: Landmarks) -> Landmarks | None:
        """
        Somebody who seems to show their front, from behind: as the arbiter decides, or where it is not certain as the
        first of the crops that show a back does. None when too few do, or it is too soon or too often to look again.

        Args:
            frame: the newest.
            region: where the person is in it.
            front: the person as read there.
        """
        if not _due(frame, self._looked_s):
            return None
        self._looked_s = frame.time_s
        facing = self._facing(frame, front)
        if facing != 0:
            return exchange(front, WHOLE) if facing > 0 else None
        if self._looks >= MOST:
            return None
        self._looks += 1
        backs: list[Landmarks] = []
        for *_, landmarks in self._crops(frame, region):
            backs += [landmarks] if seen_view(landmarks) is BodyView.BACK else []
            if len(backs) == ENOUGH:
                return backs[0]
        return None

    def clear(self, frame: Frame, region: Region, mixed: Landmarks, last: Landmarks | None) -> Reading | None:
        """
        Another reading of somebody whose own contradicts itself; None when no crop gives one.

        The crop that helped last is tried in every frame; all of them only now and then, since each costs as much as
        the frame itself.

        Args:
            frame: the newest.
            region: where the person is in it.
            mixed: the person as read there.
            last: the person from behind a moment ago: one crop is enough that shows them in the same place, if only
                with every left and right exchanged. None when they have not shown their back yet: then a crop has to
                show it, and the arbiter or another crop has to agree.
        """
        if last is not None and self._helped is not None:
            found = self._through(self._helped, frame, region)
            if found is not None and _as_before(found[1], last):
                return found[0]
        if not _due(frame, self._searched_s):
            return None
        self._searched_s = frame.time_s
        return self._new(frame, region, mixed) if last is None else self._known(frame, region, last)

    def _new(self, frame: Frame, region: Region, mixed: Landmarks) -> Reading | None:
        """Of somebody not seen from behind before: the first crop that shows a back where that is sure enough."""
        facing = self._facing(frame, mixed)
        backs: list[Reading] = []
        for crop, reading, landmarks in self._crops(frame, region) if facing >= 0 else ():
            if shows(landmarks) > 0:
                self._helped = crop if not backs else self._helped
                backs.append(reading)
            if len(backs) == (1 if facing > 0 else ENOUGH):
                return backs[0]
        return None

    def _known(self, frame: Frame, region: Region, last: Landmarks) -> Reading | None:
        """Of somebody known from behind: the first crop in which they are as wide as before, else the widest."""
        best, widest = None, -1.0
        for crop, reading, landmarks in self._crops(frame, region):
            if not _as_before(landmarks, last):
                continue
            # A whole front is as good as exchanged, but joints of a back lie better.
            share = width_share(landmarks, last) if shows(landmarks) > 0 else 0.0
            if share > widest:
                best, widest, self._helped = reading, share, crop
            if widest >= AS_WIDE:
                break
        return best

    def _facing(self, frame: Frame, landmarks: Landmarks) -> int:
        return 0 if self._arbiter is None else self._arbiter.facing(frame, landmarks)

    def _crops(self, frame: Frame, region: Region) -> Iterator[tuple[Crop, Reading, Landmarks]]:
        for crop in CROPS:
            found = self._through(crop, frame, region)
            if found is not None:
                yield (crop, *found)

    def _through(self, crop: Crop, frame: Frame, region: Region) -> tuple[Reading, Landmarks] | None:
        reading = self._landmarker.read(frame.image, crop.of(region))
        return None if reading is None else (reading, landmarks_of(reading, frame.time_s))


def _due(frame: Frame, last_s: float) -> bool:
    return frame.time_s - last_s >= EVERY_S - 1e-6


def _as_before(landmarks: Landmarks, last: Landmarks) -> bool:
    """Whether a reading without contradiction lies where the person's back was, left and right exchanged or not."""
    side = shows(landmarks)
    return side != 0 and same_place(landmarks if side > 0 else exchange(landmarks, WHOLE), last)
