"""
Who is photographed, how they stand and where the camera is: one seed, one person.

Distributions are frozen: a seed of V1 is the same person for ever. A test holds a hash of some; whatever changes one
of them is a new distribution with a new name.

- V1: standing, seen from behind, 2-4 m away, camera roll sd 1.5°, turned by at most 5°, 8 frames, 720 x 1280.
- V0-back, V0-front, V0-left, V0-right: the same people from four sides, 4 frames.
- B1: bent forward to several depths, seen from behind at the height of the back, 6 frames.
- V0-hidden: as V0-back, but something hides a part of everybody, 2 frames.
- V0-crop: any side, any of these postures, one frame; for training pictures of the trunk.
- S1: as V1, 2 frames, but curves evenly from 0 to 50 degrees: five apexes as often, both sides, three of ten double.
- S1-uneven: the people of S1 with a straight spine, standing very unevenly: what a curve must not be mistaken for.
- draft: as V1, 2 small frames; for a quick look and for tests.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edge.errors import ConfigError
from models.people import standing, surroundings
from models.people.dice import Dice
from models.people.shot import Moment, Place, Shot, yaw_deg
from models.people.truth.measures import View
from models.people.uneven import even_curves, unevenness

PORTRAIT_PX = (720, 1280)
FRAME_STEP_S = 0.4
Body = tuple[float, str]
"""Stature in metres and sex, "f" or "m"."""
BODIES: tuple[Body, ...] = (
    (1.74, "m"), (1.61, "f"), (1.50, "m"), (1.53, "f"), (1.28, "m"), (1.26, "f"),
    (1.80, "m"), (1.66, "f"), (1.75, "m"), (1.62, "f"), (1.70, "m"), (1.57, "f"),
)  # fmt: skip
"""The twelve shipped bodies; written down here so that a rebuilt file cannot move a camera."""
LARGEST_YAW_DEG = 5.0
BEND_DEPTHS_DEG = (40.0, 55.0, 70.0, 85.0, 95.0, 105.0)


@dataclass(frozen=True, slots=True)
class Distribution:
    """
    What is drawn.

    Attributes:
        name: for ever this one.
        view: the side seen; None draws one for every seed.
        frames: of one seed.
        bent: whether people bend forward.
        hidden: share of the people of whom something hides a part.
        size_px: width and height of the pictures.
        spines: "usual" as a school day brings them, "even" over all sizes of curve, or "straight" in people who stand
            unevenly.
    """

    name: str
    view: View | None
    frames: int
    bent: bool = False
    hidden: float = 0.0
    size_px: tuple[int, int] = PORTRAIT_PX
    spines: str = "usual"


DISTRIBUTIONS: dict[str, Distribution] = {
    one.name: one
    for one in (
        Distribution("V1", "back", 8),
        Distribution("V0-back", "back", 4),
        Distribution("V0-front", "front", 4),
        Distribution("V0-left", "left", 4),
        Distribution("V0-right", "right", 4),
        Distribution("B1", "back", 6, bent=True),
        Distribution("V0-crop", None, 1, hidden=0.25),
        Distribution("V0-hidden", "back", 2, hidden=1.0),
        Distribution("S1", "back", 2, spines="even"),
        Distribution("S1-uneven", "back", 2, spines="straight"),
        Distribution("draft", "back", 2, size_px=(180, 320)),
    )
}
SHARING = 32
"""So many seeds in a row have the same body, in training pictures."""
VIEWS: tuple[View, ...] = ("back", "front", "left", "right")
VIEW_SHARES = (0.55, 0.15, 0.15, 0.15)
CROPS_BENT = 0.2
TOWARDS_CAMERA_DEG: dict[View, float] = {"back": -90.0, "front": 90.0, "left": 180.0, "right": 0.0}
"""Azimuth of the camera seen from the person."""


def sample(seed: int, distribution: str = "V1", take: int = 0, bodies: Sequence[Body] = BODIES) -> Shot:
    """
    One person before the camera.

    Args:
        seed: of the person.
        distribution: name in `DISTRIBUTIONS`.
        take: 0 is the first; another one draws the step off the mark, the sway and the noise anew, never the body,
            the looks, the room or the camera.
        bodies: the rest bodies to choose from; only training pictures may look beyond the shipped ones.
    """
    if distribution not in DISTRIBUTIONS:
        raise ConfigError(f"distribution: name one of {', '.join(DISTRIBUTIONS)}, not {distribution!r}")
    what = DISTRIBUTIONS[distribution]

    def dice(part: str, *again: int) -> Dice:
        # The family is not the name: V0's four sides show the same people.
        return Dice(distribution.partition("-")[0], seed, part, *again)

    who = dice("who")
    known = bodies if what.view is None else BODIES
    # Making a person ready takes longer than a small picture: neighbours among the training pictures share a body.
    chooser = who if what.view else Dice(distribution, seed // SHARING, "body")
    body = chooser.choice(range(len(known)))
    stature_m, sex = known[body]
    view = who.choice(VIEWS, VIEW_SHARES) if what.view is None else what.view
    bent = what.bent or (what.view is None and who.chance(CROPS_BENT))
    times_s = tuple(FRAME_STEP_S * frame for frame in range(what.frames))
    stands = standing.added(standing.habit(dice("habit")), standing.stance(dice("stance", take)))
    if what.spines == "straight":
        stands = standing.added(stands, unevenness(dice("uneven")))
    sways = standing.sway(dice("sway", take), times_s)
    noise, place = dice("noise", take), _place(dice("camera"), view, stature_m, what, bent)
    bends = _bends(dice("bend", take), what) if bent else (0.0,) * what.frames
    return Shot(
        seed=seed,
        distribution=distribution,
        take=take,
        view=view,
        body=body,
        wardrobe=surroundings.wardrobe(dice("look"), sex),
        light=surroundings.light(dice("light"), TOWARDS_CAMERA_DEG[view]),
        camera_faults=surroundings.camera_faults(dice("faults")),
        room=_room(dice("room")),
        occluder=_occluder(dice("occluder"), what.hidden),
        place=place,
        curves=_curves(dice("curves"), seed, what.spines),
        moments=tuple(
            Moment(time, _held(standing.added(stands, swayed), place, view), bend, noise.seed())
            for time, swayed, bend in zip(times_s, sways, bends, strict=True)
        ),
    )


def _curves(dice: Dice, seed: int, spines: str) -> tuple[dict[str, float | str], ...]:
    match spines:
        case "straight":
            return ()
        case "even":
            return even_curves(dice, seed)
    return standing.curves(dice)


def _held(posture: standing.Parameters, place: Place, view: View) -> standing.Parameters:
    """Nobody in the gate is turned further than it allows, as the camera sees them."""
    yaw = yaw_deg(place, view, posture)
    over = yaw - max(-LARGEST_YAW_DEG, min(LARGEST_YAW_DEG, yaw))
    return posture | {"heading_deg": posture["heading_deg"] - over}


def _room(dice: Dice) -> tuple[str, int]:
    return dice.choice(surroundings.ROOMS), dice.seed()


def _occluder(dice: Dice, share: float) -> tuple[str, int]:
    hides, what, seed = dice.chance(share), dice.choice(surroundings.OCCLUDERS), dice.seed()
    return (what if hides else "none"), seed


def _bends(dice: Dice, what: Distribution) -> tuple[float, ...]:
    if what.frames == len(BEND_DEPTHS_DEG):
        return tuple(depth + dice.normal(0.0, 2.0, 5.0) for depth in BEND_DEPTHS_DEG)
    return tuple(dice.uniform(30.0, 110.0) for _ in range(what.frames))


def _place(dice: Dice, view: View, stature_m: float, what: Distribution, bent: bool) -> Place:
    """
    Where the camera is.

    What it covers at the person's distance is drawn, so that near and far people have about as many pixels a metre
    (490 to 650), as one lens for one place gives.
    """
    distance, height = dice.uniform(2.0, 4.0), dice.normal(1.05, 0.10, 0.25)
    covered = max(dice.uniform(1.95, 2.45), 1.15 * stature_m)
    middle = covered / 2 - dice.uniform(0.06, 0.14)
    roll, aside = dice.normal(0.0, 1.5, 4.5), dice.normal(0.0, 0.04, 0.10)
    along = dice.normal(0.0, 0.03, 0.08)
    if bent:
        height = 0.55 * stature_m + dice.normal(0.0, 0.04, 0.10)
    turn = math.radians(TOWARDS_CAMERA_DEG[view])
    ahead = (math.cos(turn), math.sin(turn))
    return Place(
        position_m=(distance * ahead[0] - aside * ahead[1], distance * ahead[1] + aside * ahead[0], height),
        target_m=(-along * ahead[1], along * ahead[0], middle),
        vertical_fov_deg=2 * math.degrees(math.atan(covered / 2 / distance)),
        size_px=what.size_px,
        roll_deg=roll,
    )
