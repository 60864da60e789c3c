"""Which networks there are, where they come from and how each is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.quantisation.qdq import Spared
from models.sources import NPM, WHEEL, Archive

LANDMARKS = {"landmarks": 0, "presence": 1, "heatmap": 3, "world": 4}
"""The outputs a pose needs, by their place in the TFLite file."""
MASK_HEAD = {"mask": 2}
"""The outline costs as much as the pose again, so it is an artefact of its own that runs where it is asked for."""


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """
    What a picture goes through before the network.

    Attributes:
        low, high: the values black and white become.
        border: what lies outside the picture: `zero` (black) or `replicate` (the edge goes on).
    """

    low: float
    high: float
    border: str


@dataclass(frozen=True, slots=True)
class Origin:
    """
    One TFLite file inside a pinned archive.

    Attributes:
        archive: which archive.
        member: its path in there.
        sha256: of the member.
    """

    archive: Archive
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Network:
    """
    One network, before any precision is chosen.

    Attributes:
        name: e.g. `pose_full`.
        summary: what it does, one sentence.
        origins: where its TFLite file lies; the first archive at hand serves.
        outputs: output name -> place in the TFLite file.
        preprocessing: what the picture goes through.
        equalised: whether channels are evened out before quantising.
        spared: what stays in float in the INT8 artefact; None where there is no INT8 artefact.
    """

    name: str
    summary: str
    origins: tuple[Origin, ...]
    outputs: Mapping[str, int]
    preprocessing: Preprocessing
    equalised: bool = False
    spared: Spared | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """One artefact: a network in one precision, under the name the station asks for."""

    artefact: str
    network: Network
    precision: str
    station: bool


_CROP = Preprocessing(0.0, 1.0, "replicate")
_LITE_SHA256 = "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61"
_FULL_SHA256 = "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"
_HEAVY_SHA256 = "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe"

DETECTOR = Network(
    "pose_detector",
    "Finds people in a picture: a box, mid-hip, mid-shoulder and the two points that give size and rotation.",
    (
        Origin(
            WHEEL,
            "mediapipe/modules/pose_detection/pose_detection.tflite",
            "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        ),
    ),
    {"boxes": 0, "scores": 1},
    Preprocessing(-1.0, 1.0, "zero"),
    spared=Spared(first=4, last=2),
)
_FULL_ORIGINS = (
    Origin(WHEEL, "mediapipe/modules/pose_landmark/pose_landmark_full.tflite", _FULL_SHA256),
    Origin(NPM, "package/pose_landmark_full.tflite", _FULL_SHA256),
)
FULL = Network(
    "pose_full",
    "Gives 33 body landmarks and 6 auxiliary ones of the person in a square crop.",
    _FULL_ORIGINS,
    LANDMARKS,
    _CROP,
    equalised=True,
    spared=Spared(first=2, last=2, trunk="heatmap"),
)
LITE = Network(
    "pose_lite",
    "The smaller landmark network, for a board without time to spare.",
    (Origin(NPM, "package/pose_landmark_lite.tflite", _LITE_SHA256),),
    LANDMARKS,
    _CROP,
    equalised=True,
    spared=Spared(first=2, last=2, trunk="heatmap"),
)
HEAVY = Network(
    "pose_heavy",
    "The largest landmark network; the workshop's reference, too slow for a station.",
    (Origin(NPM, "package/pose_landmark_heavy.tflite", _HEAVY_SHA256),),
    LANDMARKS,
    _CROP,
)
SILHOUETTE = Network(
    "silhouette",
    "Says which pixels of a square crop belong to the person, in logits: the landmark network down to its mask head.",
    _FULL_ORIGINS,
    MASK_HEAD,
    _CROP,
)
SELFIE = Network(
    "selfie",
    "Says which pixels of a square crop belong to a person; the workshop's other candidate for the outline.",
    (
        Origin(
            WHEEL,
            "mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite",
            "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
        ),
    ),
    {"mask": 0},
    _CROP,
)

RECIPES: tuple[Recipe, ...] = (
    Recipe("pose_detector.int8", DETECTOR, "int8", station=True),
    Recipe("pose_full.int8", FULL, "int8", station=True),
    Recipe("pose_lite.int8", LITE, "int8", station=True),
    Recipe("silhouette", SILHOUETTE, "float", station=True),
    Recipe("pose_detector.float", DETECTOR, "float", station=False),
    Recipe("pose_full.float", FULL, "float", station=False),
    Recipe("pose_lite.float", LITE, "float", station=False),
    Recipe("pose_heavy.float", HEAVY, "float", station=False),
    Recipe("selfie.float", SELFIE, "float", station=False),
)
