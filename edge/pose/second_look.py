"""
A second look at somebody who was asked for their back and seems to show their front.

The landmark network takes some backs for fronts, and tracking keeps showing it the picture it went wrong on. Through
other crops of the same frame it mostly goes right: of six rendered people whose backs it took for fronts, five have a
crop here that shows the back, and none of 55 rendered fronts (220 frames) had one. Crops from 1.6 times the usual size
on do turn fronts round.
"""

import math
from dataclasses import dataclass, replace

from edge.camera.frame import Frame
from edge.pose.body_view import BodyView
from edge.pose.landmarker import Landmarker, landmarks_of
from edge.pose.landmarks import Landmarks
from edge.pose.region import Region
from edge.pose.view_check import seen_view

ENOUGH = 2
"""So many crops must show a back without any contradiction: of 265 small photographs of fronts, 13 had one, 4 two."""
EVERY_S = 0.4
MOST = 3
"""So often is one person looked at again, so far apart: somebody who stands the wrong way round costs no more."""


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

        back = SecondLook(landmarker).back(frame, region)
    """

    def __init__(self, landmarker: Landmarker) -> None:
        self._landmarker = landmarker
        self._looks, self._looked_s = 0, -math.inf

    def reset(self) -> None:
        """Forget the person."""
        self._looks, self._looked_s = 0, -math.inf

    def back(self, frame: Frame, region: Region) -> Landmarks | None:
        """
        The person from behind, as the first of the crops that show it does; None when too few do, or it is too soon or
        too often to look again.

        Args:
            frame: the newest.
            region: where the person is in it.
        """
        if self._looks >= MOST or frame.time_s - self._looked_s < EVERY_S - 1e-6:
            return None
        self._looks, self._looked_s = self._looks + 1, frame.time_s
        backs: list[Landmarks] = []
        for crop in CROPS:
            reading = self._landmarker.read(frame.image, crop.of(region))
            landmarks = None if reading is None else landmarks_of(reading, frame.time_s)
            if landmarks is not None and seen_view(landmarks) is BodyView.BACK:
                backs.append(landmarks)
            if len(backs) == ENOUGH:
                return backs[0]
        return None
