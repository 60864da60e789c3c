"""What one frame shows of a person, and how a measure is taken on it."""

from collections.abc import Callable
from dataclasses import dataclass

from edge.geometry import Point
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.pose.spine_points import SpinePoint
from edge.spine.body import Back, Body
from edge.spine.coronal import FACTOR
from edge.spine.measure import AnyUnit
from edge.spine.outline import Outline
from edge.spine.sagittal import FACING
from edge.spine.scale import Scale

EARS = (Joint.LEFT_EAR, Joint.RIGHT_EAR)
SHOULDERS = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)

CORONAL = frozenset({BodyView.BACK, BodyView.FRONT})
SAGITTAL = frozenset({BodyView.LEFT, BodyView.RIGHT})


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """
    Everything a measure may stand on; all points levelled.

    Attributes:
        body: the joints.
        back: the points of spine and back; all hidden while no network gives them.
        outline: the flanks; None without a silhouette.
        view: the side the camera sees.
        scale: pixels per metre.
        stature_px: of the person: as entered, else by ear and ankle; None when they are hidden.
    """

    body: Body
    back: Back
    outline: Outline | None
    view: BodyView
    scale: Scale
    stature_px: float | None

    @property
    def factor(self) -> float:
        """+1 from behind, -1 in front."""
        return FACTOR[self.view]

    @property
    def facing(self) -> float:
        """+1 when the person looks to the right in the picture, -1 to the left."""
        return FACING[self.view]

    def near(self, part: str) -> Joint:
        """The joint of a part on the side the camera sees, e.g. "EAR"."""
        return Joint[f"{self.view.name}_{part}"]

    def joint(self, joint: Joint) -> Point:
        """A joint the measure has named among those it needs."""
        return _there(self.body.point(joint))

    def spine(self, point: SpinePoint) -> Point:
        """A point of the spine or back the measure has named among those it needs."""
        return _there(self.back.point(point))

    def spines(self, points: tuple[SpinePoint, ...]) -> list[Point]:
        """Several of them."""
        return [self.spine(point) for point in points]

    def middle(self, pair: tuple[Joint, Joint]) -> Point:
        """Half-way between two joints."""
        return _there(self.body.middle(*pair))

    def mm(self, length_px: float) -> float | None:
        """A length in millimetres; None without a scale."""
        return None if self.scale.px_per_m is None else length_px / self.scale.px_per_m * 1000


Value = float | str | None
"""A value, a reason why there is none, or None when points coincide."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    How one measure is taken.

    Attributes:
        unit: of the value.
        take: from what is seen to the value; a text is the reason why there is none.
        joints: the landmarks it stands on.
        near: parts whose joint on the camera's side it stands on, e.g. ("EAR",).
        spine: the points of spine and back it stands on.
        outline: whether it stands on the silhouette.
        views: from where it can be seen.
        maybe: points of spine and back it takes where they are known.
        sd: its standard deviation where a formula gives it better than moving each point does; None otherwise.
    """

    unit: AnyUnit
    take: Callable[[Seen], Value]
    joints: tuple[Joint, ...] = ()
    near: tuple[str, ...] = ()
    spine: tuple[SpinePoint, ...] = ()
    outline: bool = False
    views: frozenset[BodyView] = CORONAL
    maybe: tuple[SpinePoint, ...] = ()
    sd: Callable[[Seen], float | None] | None = None

    @property
    def needs(self) -> str:
        """What must be supplied for it beside the landmarks: "silhouette", "spine points", or just "landmarks"."""
        return "silhouette" if self.outline else "spine points" if self.spine else "landmarks"


def _there(point: Point | None) -> Point:
    if point is None:
        raise ValueError("a measure asked for a point it does not name: add the point to its recipe")
    return point
