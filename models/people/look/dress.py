"""Dresses a rest body: turns a wardrobe's words into a look."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.people.look import clothes, hair, palette, shoes, skin
from models.people.look.anatomy import Anatomy, Field, Somebody, all_corners, any_corner
from models.people.look.look import Look
from models.people.look.parts import Part
from models.people.look.wardrobe import Wardrobe, random_wardrobe
from models.people.render.materials import BARS, BLOTCHES, CHECKS, DOTS, PANELS, STRIPES
from models.people.render.mesh import CLOTH, FINISHES, HAIR, PLAIN, SKIN
from models.people.render.raster import HIDING, ONE_SIDED

_CLINGS = 0.12
"""Garments looser than this hang on the mesh around the body instead of being painted on it."""
_WIDE = ("shorts", "trousers", "short shorts")
_PATTERNS = (0, 0, 0, 0, 0, STRIPES, BARS, CHECKS, BLOTCHES, PANELS, DOTS)


@dataclass
class _Materials:
    """Rows of colours and finishes, collected one by one."""

    colours: list[NDArray[np.float32]] = field(default_factory=list)
    finish: list[list[float]] = field(default_factory=list)

    def add(self, kind: int, colours: tuple[palette.Colour, ...], **finish: float) -> int:
        """Add one material; return its row."""
        names = ("pattern", "frequency", "specular", "gloss", "drape", "bunch", "weave", "seed", "sheen")
        self.colours.append(np.stack([colours[min(n, len(colours) - 1)] for n in range(3)]))
        self.finish.append([kind, *(finish.get(name, 0.0) for name in names)])
        return len(self.finish) - 1


@dataclass
class _Triangles:
    """Faces and what belongs to each, collected group by group."""

    faces: list[NDArray[np.int32]] = field(default_factory=list)
    rows: list[NDArray[np.float64]] = field(default_factory=list)

    def add(
        self, faces: NDArray[np.int32], material: int, *, mask: int = 0, ragged: float = 0.0, sparse: float = 0.0
    ) -> None:
        """Add a group; `mask` has the bits of the fields it ends with."""
        self.faces.append(faces)
        self.rows.append(np.tile([material, mask, ragged, sparse], (len(faces), 1)))


def random_look(somebody: Somebody, rng: np.random.Generator, bare_back: bool | None = None) -> Look:
    """
    Dress somebody at random.

    Args:
        somebody: the rest body.
        rng: decides everything.
        bare_back: True shows as much of the back as dignity allows, False covers it, None either.
    """
    sex = somebody.bodies.describe(somebody.index).sex
    return dress(somebody, random_wardrobe(rng, sex, bare_back))


def dress(somebody: Somebody, wardrobe: Wardrobe) -> Look:
    """The look of a wardrobe on a rest body; raises ValueError when it was made for the other sex."""
    anatomy = Anatomy(somebody)
    if wardrobe.sex != somebody.bodies.describe(somebody.index).sex:
        raise ValueError("this wardrobe was chosen for a body of the other sex, choose one for this body")
    return _Tailor(anatomy, wardrobe).look()


class _Tailor:
    """Everything about one look while it is being made."""

    def __init__(self, anatomy: Anatomy, wardrobe: Wardrobe) -> None:
        self.anatomy, self.wardrobe = anatomy, wardrobe
        self.rng = np.random.default_rng(wardrobe.seed)
        self.edges = clothes.clothes(anatomy, wardrobe, self.rng)
        self.materials, self.triangles = _Materials(), _Triangles()
        self.parts: list[Part] = []
        self.overlays = np.full(clothes.CHANNELS, -1, np.int32)
        self.ease = np.zeros(len(anatomy.rest), np.float32)
        self.extra = len(anatomy.rest)

    def look(self) -> Look:
        """Put everything together."""
        self._skin()
        self._clothes()
        self._feet()
        self._hair()
        self._eyes()
        return self._assembled()

    def _cloth(self, *, plain: bool = False, weave: float = 0.16) -> int:
        """A new cloth."""
        rng = self.rng
        pattern = 0 if plain else int(rng.choice(_PATTERNS))
        fold = 0.25 + 0.75 * self.wardrobe.loose
        return self.materials.add(
            CLOTH,
            (palette.cloth(rng), palette.cloth(rng)),
            pattern=pattern,
            frequency=float(rng.uniform(9, 40)),
            specular=float(rng.uniform(0.005, 0.05)),
            gloss=float(rng.uniform(6, 18)),
            drape=0.045 * fold,
            bunch=0.022 * fold,
            weave=weave,
            seed=float(rng.uniform(0, 40)),
            sheen=float(rng.uniform(0.1, 0.5)),
        )

    def _skin(self) -> None:
        """The body's own surface, its brows and lips."""
        rng, tone = self.rng, palette.SKIN[self.wardrobe.skin_tone]
        ground = (tone * rng.uniform(0.93, 1.06) * (1 + rng.normal(0, 0.015, 3))).astype(np.float32)
        redder = ground * np.array([0.98, 0.66, 0.6], np.float32)
        gloss = {"specular": float(rng.uniform(0.035, 0.09)), "gloss": float(rng.uniform(12, 24))}
        self.skin = self.materials.add(SKIN, (ground, redder), seed=float(rng.uniform(0, 40)), **gloss)
        if self.wardrobe.hair != "bald" or rng.random() < 0.7:
            self.edges[clothes.BROW] = skin.brows(self.anatomy)
            colour = palette.HAIR[self.wardrobe.hair_colour][0] * np.float32(0.8) + ground * np.float32(0.12)
            self.overlays[clothes.BROW] = self.materials.add(PLAIN, (colour,))
        self.edges[clothes.LIPS] = skin.lips(self.anatomy)
        self.overlays[clothes.LIPS] = self.materials.add(PLAIN, (redder * np.float32(0.86),), specular=0.1, gloss=30)

    def _clothes(self) -> None:
        """Both garments: painted on the skin, and hanging on the loose mesh around it."""
        tights = self.anatomy.bodies.faces["tights"]
        lower, upper = self._cloth(), self._cloth(plain=self.wardrobe.top == "sports bra")
        straps = upper if self.wardrobe.top == "sports bra" else self._cloth(plain=True)
        for channel, material in ((clothes.BOTTOM, lower), (clothes.TOP, upper), (clothes.STRAPS, straps)):
            if channel in self.edges:
                self.overlays[channel] = material
        wide = self.wardrobe.bottom in _WIDE
        over = clothes.TOP in self.edges and self.wardrobe.loose > _CLINGS
        if over:
            self._hang(tights, clothes.TOP, upper, self._top_ease())
        if wide and self.wardrobe.loose > _CLINGS:
            hiding = 1 << clothes.TOP + HIDING if over else 0
            self._hang(tights, clothes.BOTTOM, lower, self._legs_ease(), hiding)

    def _hang(self, tights: NDArray[np.int32], channel: int, material: int, ease: Field, hiding: int = 0) -> None:
        """Draw the loose mesh where a garment is, and move it outwards."""
        edge = self.edges[channel]
        self.triangles.add(tights[any_corner(edge > 0, tights)], material, mask=1 << channel | hiding)
        self.ease = np.maximum(self.ease, np.where(edge > -0.03, ease, 0)).astype(np.float32)

    def _top_ease(self) -> Field:
        """A shirt lies on the shoulders and stands off further down, in broad folds."""
        anatomy, loose = self.anatomy, self.wardrobe.loose
        wave = np.sin(34 * anatomy.x + 5 * anatomy.z + self.rng.uniform(0, 6)) * np.sin(21 * anatomy.y + 3)
        hang = clothes.hanging(anatomy)
        return np.asarray((0.002 + 0.02 * loose * hang * (1 + 0.45 * wave)) * anatomy.size, np.float32)

    def _legs_ease(self) -> Field:
        """Trouser legs get wider downwards."""
        anatomy, loose = self.anatomy, self.wardrobe.loose
        hip, ankle = anatomy.joint("thigh")[2], anatomy.joint("foot")[2]
        down = np.clip((hip - anatomy.z) / (hip - ankle), 0, 1)
        wave = np.sin(40 * anatomy.aside + 9 * anatomy.z + self.rng.uniform(0, 6)) * np.sin(25 * anatomy.y)
        return np.asarray((0.003 + 0.024 * loose * down * (1 + 0.35 * wave)) * anatomy.size, np.float32)

    def _feet(self) -> None:
        """Socks or shoes: one smooth shape instead of ten toes."""
        if self.wardrobe.feet == "bare":
            return
        rng, shod = self.rng, self.wardrobe.feet == "shoes"
        sock = self.materials.add(CLOTH, (palette.cloth(rng),), bunch=0.003, weave=0.2, sheen=0.3)
        self.overlays[clothes.SOCK] = sock
        cover = sock
        if shod:
            cover = self.materials.add(PLAIN, (palette.cloth(rng),), specular=0.08, gloss=14)
        for part in shoes.covers(self.anatomy):
            self._part(part, cover)

    def _hair(self) -> None:
        """The scalp's own colour, layers above it, and what hangs down."""
        if self.wardrobe.hair == "bald":
            return
        shade, shine = palette.HAIR[self.wardrobe.hair_colour]
        vary = np.float32(self.rng.uniform(0.82, 1.15)) * self.rng.uniform(0.97, 1.03, 3).astype(np.float32)
        kind = {"specular": float(self.rng.uniform(0.05, 0.14)), "gloss": float(self.rng.uniform(30, 70))}
        strands = self.materials.add(HAIR, (shade * vary, shine * vary), **kind)
        edge = hair.scalp(self.anatomy, self.wardrobe)
        self.edges[clothes.HAIR] = edge
        self.overlays[clothes.HAIR] = strands
        for part, sparse in hair.pieces(self.anatomy, self.wardrobe, edge, self.rng):
            bits = 1 << clothes.HAIR
            self._part(part, strands, mask=bits, ragged=0.006 if sparse > 0 else 0.0, sparse=sparse)
        if self.wardrobe.hair in ("long", "bob"):
            self.edges[clothes.MANE] = hair.mane(self.anatomy, self.wardrobe, self.rng)
            self.triangles.add(self.anatomy.bodies.faces["hair"], strands, mask=1 << clothes.MANE, ragged=0.012)

    def _part(self, part: Part, material: int, *, mask: int = 0, ragged: float = 0.0, sparse: float = 0.0) -> None:
        """Add a part behind all corners so far."""
        self.parts.append(part)
        faces = part.faces + np.int32(self.extra)
        self.triangles.add(faces, material, mask=mask, ragged=ragged, sparse=sparse)
        self.extra += len(part.rest)

    def _eyes(self) -> None:
        """White and iris."""
        faces, rest = self.anatomy.bodies.faces, self.anatomy.rest
        white = self.materials.add(PLAIN, (palette.linear(212, 206, 200),), specular=0.3, gloss=60)
        brown, blue = palette.linear(52, 34, 24), palette.linear(70, 92, 110)
        iris = self.materials.add(
            PLAIN, (blue if self.wardrobe.skin_tone < 4 and self.rng.random() < 0.4 else brown,), specular=0.3, gloss=60
        )
        for name in ("eye_left", "eye_right"):
            middle = rest[faces[name]].mean(1)
            centre, radius = rest[np.unique(faces[name])].mean(0), np.ptp(rest[np.unique(faces[name]), 1]) / 2
            coloured = (np.hypot(*(middle - centre)[:, [0, 2]].T) < 0.5 * radius) & (middle[:, 1] > centre[1])
            self.triangles.add(faces[name][~coloured], white)
            self.triangles.add(faces[name][coloured], iris)

    def _assembled(self) -> Look:
        """All lists as arrays; the body's skin comes first."""
        bodies, base = self.anatomy.bodies, len(self.anatomy.rest)
        skin_faces = self._visible_skin()
        rows = np.concatenate(
            [np.tile([self.skin, float(ONE_SIDED), 0.0, 0.0], (len(skin_faces), 1)), *self.triangles.rows]
        )
        surfaces = [bodies.faces["body"], bodies.faces["eye_left"], bodies.faces["eye_right"]]
        loose = np.unique(bodies.faces["tights"]) if self.ease.any() else np.zeros(0, np.int64)
        surfaces += [bodies.faces["tights"]] if len(loose) else []
        surfaces += [bodies.faces["hair"]] if clothes.MANE in self.edges else []
        overlaid = np.zeros(len(rows), np.bool_)
        overlaid[: len(skin_faces)] = True
        rest = np.concatenate([self.anatomy.rest, *(part.rest for part in self.parts)])
        strand = np.zeros_like(rest)
        if self.wardrobe.hair != "bald":
            strand[:base] = hair.on_body(self.anatomy)
        for start, part in self._starts():
            strand[start : start + len(part.rest)] = part.strand
        return Look(
            self.wardrobe,
            np.concatenate([skin_faces, *self.triangles.faces]).astype(np.int32),
            rows[:, 0].astype(np.int32),
            overlaid,
            rows[:, 1].astype(np.int32),
            rows[:, 2].astype(np.float32),
            rows[:, 3].astype(np.float32),
            self.overlays,
            rest.astype(np.float32),
            self._fields(len(rest)),
            self._tones(len(rest)),
            strand,
            np.stack(self.materials.colours).astype(np.float32),
            np.array(self.materials.finish, np.float32).reshape(-1, FINISHES),
            self.ease,
            np.ascontiguousarray(np.concatenate(surfaces), np.int32),
            loose.astype(np.int32),
            bodies.faces["tights"],
            tuple(self.parts),
        )

    def _starts(self) -> list[tuple[int, Part]]:
        """Each part with its first corner."""
        sizes = [len(part.rest) for part in self.parts]
        starts = np.cumsum([len(self.anatomy.rest), *sizes])
        return [(int(start), part) for start, part in zip(starts, self.parts, strict=False)]

    def _visible_skin(self) -> NDArray[np.int32]:
        """The body without the toes that a shoe or sock hides."""
        faces = self.anatomy.bodies.faces["body"]
        if self.wardrobe.feet == "bare":
            return faces
        hidden = (self.anatomy.share("foot", "toes") > 0.9) & (self.anatomy.z < 0.05 * self.anatomy.size)
        return faces[~all_corners(hidden, faces)]

    def _fields(self, count: int) -> NDArray[np.float32]:
        """(V, K) float32: all edges; parts take those of the vertices they grow from, hair pieces are all inside."""
        fields = np.full((count, clothes.CHANNELS), -1.0, np.float32)
        for channel, edge in self.edges.items():
            fields[: len(edge), channel] = edge
        for start, part in self._starts():
            index = getattr(part, "index", None)
            own = fields[start : start + len(part.rest)]
            own[:, clothes.HAIR] = 0.05 if index is None else fields[index, clothes.HAIR]
        return fields

    def _tones(self, count: int) -> NDArray[np.float32]:
        """(V, 4) float32: red, dark, hanging, bunching."""
        tones = np.zeros((count, 4), np.float32)
        fields = (skin.redness, skin.darkness, clothes.hanging, clothes.bunching)
        for column, tone in enumerate(fields):
            tones[: len(self.anatomy.rest), column] = tone(self.anatomy)
        return tones
