"""A look: a rest body's skin, hair and clothes as triangles, edges and materials."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people.look.parts import Part, Points
from models.people.look.wardrobe import Wardrobe
from models.people.render.camera import Array
from models.people.render.mesh import relax, vertex_normals

WIDE_M = 0.014
"""Cloth this far from the body no longer shows its hollows."""
SMOOTHINGS = 10


@dataclass(frozen=True, eq=False)
class Look:
    """
    Everything the renderer needs beside where the body's vertices are. V counts the body's 19158 vertices and the
    corners of all parts behind them.

    Attributes:
        wardrobe: the same in words.
        faces: (F, 3) int32.
        material: (F,) int32, a row of `colours`.
        overlaid: (F,) bool, skin that fields may cover.
        mask, ragged, sparse: (F,), see `raster.Cut`.
        overlays: (K,) int32, the material each field covers skin with; -1 none.
        rest: (V, 3) float32, metres.
        fields: (V, K) float32, metres inside an edge, negative outside.
        tone: (V, 4) float32, see `mesh.Mesh`.
        strand: (V, 3) float32.
        colours: (M, 3, 3) float32, linear.
        finish: (M, 10) float32.
        ease_m: (19158,) float32, how far the loose mesh of the clothes stands off.
        surfaces: the body's groups that are drawn: (F, 3) int32 each.
        loose: (n,) int32, the vertices that `ease_m` moves.
        loose_faces: (F, 3) int32, the mesh they belong to.
        parts: hair and shoes.
    """

    wardrobe: Wardrobe
    faces: NDArray[np.int32]
    material: NDArray[np.int32]
    overlaid: NDArray[np.bool_]
    mask: NDArray[np.int32]
    ragged: NDArray[np.float32]
    sparse: NDArray[np.float32]
    overlays: NDArray[np.int32]
    rest: Points
    fields: NDArray[np.float32]
    tone: NDArray[np.float32]
    strand: Points
    colours: NDArray[np.float32]
    finish: NDArray[np.float32]
    ease_m: NDArray[np.float32]
    surfaces: NDArray[np.int32]
    loose: NDArray[np.int32]
    loose_faces: NDArray[np.int32]
    parts: tuple[Part, ...]

    def dressed(self, vertices_m: Points) -> tuple[Array, Array]:
        """
        The corners of a posed body with everything it wears.

        Args:
            vertices_m: (19158, 3) float32, metres, world.

        Returns:
            (V, 3) float32 positions and (V, 3) float32 unit normals.
        """
        vertices = np.array(vertices_m, np.float32, copy=True)
        normals = np.zeros_like(vertices)
        vertex_normals(vertices, self.surfaces, normals)
        if len(self.loose):
            self._hang(vertices, normals)
            vertex_normals(vertices, self.surfaces, normals)
        positions, outward = [vertices], [normals]
        for part in self.parts:
            corners = np.asarray(part.placed(vertices, normals), np.float32)
            own = np.zeros_like(corners)
            vertex_normals(corners, part.faces, own)
            positions.append(corners)
            outward.append(own)
        return np.concatenate(positions), np.concatenate(outward)

    def _hang(self, vertices: Array, normals: Array) -> None:
        """Move the loose mesh off the body; cloth spans hollows, so it is smoothed where it is wide."""
        relaxed = vertices.copy()
        sums, counts = np.zeros_like(vertices), np.zeros(len(vertices), np.float32)
        share = np.clip(self.ease_m / WIDE_M, 0, 1).astype(np.float32)
        for _ in range(SMOOTHINGS):
            relax(relaxed, self.loose_faces, share, sums, counts)
        # Only what smoothing moves outwards counts, and only across the cloth: its pattern must not be pulled about.
        bridged = ((relaxed[self.loose] - vertices[self.loose]) * normals[self.loose]).sum(1)
        out = self.ease_m[self.loose] + np.clip(bridged, 0, 2 * WIDE_M)
        vertices[self.loose] += normals[self.loose] * out[:, None]
