"""The few pictures the station looks at when it starts: clothed people of known posture, 1 MB at most."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from edge.errors import PlumblineError
from models.people.sample import sample
from models.people.shot import Moment, Shot
from models.people.studio import studio
from models.people.truth.measures import View
from models.people.truth.record import to_json
from models.people.whole_file import encoded, write_whole

BUNDLE = Path(__file__).parents[2] / "edge" / "selftest"
MOST_BYTES = 1_000_000
SIZE_PX = (540, 960)
JPEG_QUALITY = 88
LOOKS: dict[str, float | str] = {"top": "t-shirt", "bottom": "shorts", "loose": 0.25, "hair": "short", "feet": "bare"}
FAULTS = {
    "blur_px": 0.4, "motion_px": (0.0, 0.0), "gain": 1.0, "white": (1.0, 1.0), "rolling": 0.0, "rolling_rows": 160.0,
    "vignette": 0.1, "noise": 2.0, "jpeg_quality": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """
    One of the pictures.

    Attributes:
        name: of its files; read out with spaces for underscores.
        seed: whose room, light and camera it borrows.
        body: which of the shipped bodies.
        posture: what is not neutral; names as in `standing.py`.
        view: the side the camera sees.
        tone: of the skin, 0 to 9.
    """

    name: str
    seed: int
    body: int
    posture: dict[str, float] = field(default_factory=dict)
    view: View = "back"
    tone: int = 3


KNOWN = (
    Known("upright", 33, 0, tone=6),
    Known("upright_in_front", 40, 7, view="front", tone=8),
    Known("right_shoulder_high", 21, 9, {"shoulder_tilt_deg": 4.5}, tone=3),
    Known("left_shoulder_high", 95, 6, {"shoulder_tilt_deg": -4.5}, tone=5),
    Known("girl_right_shoulder_high", 58, 3, {"shoulder_tilt_deg": 4.0}, tone=4),
    Known("boy_left_shoulder_high", 64, 2, {"shoulder_tilt_deg": -4.0}, tone=0),
    Known("leaning_to_the_right", 58, 11, {"trunk_lean_deg": 3.5}, tone=3),
    Known("leaning_to_the_left", 47, 8, {"trunk_lean_deg": -3.5}, tone=4),
)
"""
Chosen so that sound networks read them well within the self-test's bounds, in INT8 and in float: they are there to find
a broken network, not to say how good a sound one is. Nobody has tilted hips: no network of the station follows those.
"""


def shot_of(known: Known) -> Shot:
    """A still, level shot: only what the picture is about is out of the ordinary."""
    drawn = sample(known.seed, f"V0-{known.view}")
    stands = dict.fromkeys(drawn.moments[0].stands, 0.0) | {"arm_abduction_deg": 12.0, "elbow_deg": 14.0}
    sex = "m" if known.body % 2 == 0 else "f"
    return replace(
        drawn,
        distribution="shipped",
        view=known.view,
        body=known.body,
        curves=(),
        wardrobe={**drawn.wardrobe, **LOOKS, "sex": sex, "skin_tone": known.tone, "hair_colour": 1},
        camera_faults=FAULTS,
        place=replace(drawn.place, size_px=SIZE_PX, roll_deg=0.0),
        moments=(Moment(0.0, stands | known.posture, 0.0, known.seed),),
    )


def write_bundle(folder: Path) -> Iterator[Path]:
    """
    Render the pictures and their truth into a folder; yield each picture's file.

    Raises:
        PlumblineError: they have become too large.
    """
    total = 0
    for known in KNOWN:
        _, image, truth = next(iter(studio().frames(shot_of(known))))
        picture = f"{known.name}.jpg"
        files = {
            picture: encoded(image, ".jpg", JPEG_QUALITY),
            f"{known.name}.json": json.dumps(to_json(truth, picture)).encode() + b"\n",
        }
        total += sum(len(data) for data in files.values())
        if total > MOST_BYTES:
            raise PlumblineError(f"the pictures take {total} bytes, make them smaller than {MOST_BYTES}")
        for name, data in files.items():
            write_whole(folder / name, data)
        yield folder / picture
