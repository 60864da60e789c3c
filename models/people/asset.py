"""
The rest bodies every rendered person starts from.

World frame of everything in `models.people`: metres, right-handed; x to the standing person's RIGHT, y forward
(anterior), z up, the floor is z = 0. A rest body stands on the floor with its arms half raised, mirror-symmetric
about the plane x = 0.
"""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelError

SHIPPED = Path(__file__).with_name("bodies.npz")
HOW = "build it with `python -m models.people bodies`"
FORMAT = "bodies/1"
VERTICES = 19158
"""Of the MakeHuman base mesh, clothes helpers and eyes included."""
BODY = 13380
"""The first so many vertices are the body's own skin."""
STEP_M = 1e-4
"""Rest vertices are kept as whole numbers of this length."""
SIDES = ("left", "right")
LIMBS = ("clavicle", "shoulder", "upper_arm", "forearm", "hand", "thigh", "shin", "foot", "toes")
"""The bones of one side that move as one, from the trunk outwards."""
SLOTS = ("column", "head", "pelvis", *(f"{side}_{limb}" for side in SIDES for limb in LIMBS))
"""What a vertex can hang on. `Person` spreads `column` over the vertebrae."""
GROUPS = ("body", "tights", "skirt", "hair", "eye_left", "eye_right", "lashes_left", "lashes_right")

Sex = Literal["f", "m"]


@dataclass(frozen=True, slots=True)
class Description:
    """
    Who a rest body resembles.

    Attributes:
        sex: of the shape.
        age_years_about: read off the shape's growth axis, not a measured age.
        height_m: sole to the top of the head, skin only.
        build: 'thin', 'average' or 'heavy'.
        fatness: 0 (thin) to 1 (heavy).
        muscle: 0 (slight) to 1 (strong).
    """

    sex: Sex
    age_years_about: float
    height_m: float
    build: str
    fatness: float
    muscle: float


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """
    Rest bodies that share one mesh.

    Attributes:
        rest_m: (N, 19158, 3) float32, metres, world frame.
        faces: group → (F, 3) int32, vertex numbers, counter-clockwise seen from outside.
        uv: (T, 2) float32, texture coordinates, 0 to 1.
        uv_faces: group → (F, 3) int32, rows of `uv`, corner by corner as in `faces`.
        weights: (19158, slots) float32, how far a vertex follows each slot; every row sums to 1.
        slots: the names of the weights' columns.
        mirror: (19158,) int32, the vertex on the other side of the body; itself on the midline.
        joints_m: name → (N, 3) float64, metres, world frame: bone heads of the rest bodies.
        descriptions: one for each body.
    """

    rest_m: NDArray[np.float32]
    faces: dict[str, NDArray[np.int32]]
    uv: NDArray[np.float32]
    uv_faces: dict[str, NDArray[np.int32]]
    weights: NDArray[np.float32]
    slots: tuple[str, ...]
    mirror: NDArray[np.int32]
    joints_m: dict[str, NDArray[np.float64]]
    descriptions: tuple[Description, ...]

    @property
    def count(self) -> int:
        """How many bodies there are."""
        return len(self.rest_m)

    def describe(self, index: int) -> Description:
        """Who body `index` resembles."""
        return self.descriptions[index]


def load_bodies(path: Path | None = None) -> Bodies:
    """Read rest bodies, the twelve shipped ones when no file is named; raise ModelError if it is no such file."""
    path = path or SHIPPED
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return _unpack({name: file[name] for name in file.files})
    except FileNotFoundError:
        raise ModelError(f"{path}: no such file, {HOW}") from None
    except (OSError, EOFError, ValueError, LookupError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: not a file of rest bodies, {HOW}") from error


def _unpack(arrays: dict[str, NDArray[Any]]) -> Bodies:
    about = json.loads(str(arrays["about"]))
    if about["format"] != FORMAT or tuple(about["slots"]) != SLOTS:
        raise ValueError(f"the file says {about['format']}, this program reads {FORMAT}")
    rest = arrays["rest"]
    if rest.ndim != 3 or rest.shape[1:] != (VERTICES, 3) or rest.dtype != np.int16:
        raise ValueError(f"rest must be (N, {VERTICES}, 3) int16, got {rest.shape} {rest.dtype}")
    people = tuple(Description(**person) for person in about["people"])
    if len(people) != len(rest) or arrays["joints"].shape != (len(rest), len(about["joints"]), 3):
        raise ValueError("bodies, joints and descriptions differ in number")
    return Bodies(
        rest_m=rest.astype(np.float32) * np.float32(STEP_M),
        faces={name: arrays[f"faces_{name}"].astype(np.int32) for name in about["groups"]},
        uv=arrays["uv"].astype(np.float32),
        uv_faces={name: arrays[f"uv_faces_{name}"].astype(np.int32) for name in about["groups"]},
        weights=_dense(arrays["weight_slots"], arrays["weight_values"]),
        slots=SLOTS,
        mirror=arrays["mirror"].astype(np.int32),
        joints_m={name: arrays["joints"][:, row].astype(np.float64) for row, name in enumerate(about["joints"])},
        descriptions=people,
    )


def _dense(slots: NDArray[np.uint8], values: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Sparse weights ((V, K) slot numbers and their 0 to 255 values) as a full matrix with rows that sum to 1."""
    if slots.shape != values.shape or len(slots) != VERTICES:
        raise ValueError(f"weights must be ({VERTICES}, K), got {slots.shape} and {values.shape}")
    dense = np.zeros((VERTICES, len(SLOTS)), np.float32)
    np.add.at(dense, (np.arange(VERTICES)[:, None], slots), values.astype(np.float32))
    total: NDArray[np.float32] = dense.sum(axis=1, keepdims=True)
    return dense / total
