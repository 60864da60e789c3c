"""What a person wears, in words; and what nobody is ever rendered without."""

from dataclasses import asdict, dataclass
from typing import Literal, TypeVar, get_args

import numpy as np

Top = Literal["none", "sports bra", "tank top", "t-shirt", "long sleeve"]
Bottom = Literal["briefs", "short shorts", "shorts", "leggings", "trousers"]
Hair = Literal["bald", "cropped", "short", "bob", "long", "ponytail", "bun"]
Feet = Literal["bare", "socks", "shoes"]
TOPS: tuple[Top, ...] = get_args(Top)
BOTTOMS: tuple[Bottom, ...] = get_args(Bottom)
HAIRS: tuple[Hair, ...] = get_args(Hair)
FEET: tuple[Feet, ...] = get_args(Feet)
LONG_HAIR: tuple[Hair, ...] = ("bob", "long", "ponytail", "bun")
BACK_FREE: tuple[Top, ...] = ("none", "sports bra")
"""What leaves the back to be seen; `none` is for male bodies only."""
SKIN_TONES = 10
_HAIR_CHANCES = {"f": (0.0, 0.0, 0.12, 0.22, 0.2, 0.26, 0.2), "m": (0.06, 0.2, 0.6, 0.06, 0.03, 0.03, 0.02)}
_COLOURS_OF_LIGHT = (0.12, 0.26, 0.24, 0.2, 0.08, 0.1)
_COLOURS_OF_DARK = (0.56, 0.3, 0.06, 0.01, 0.01, 0.06)
"""Chances of the six hair colours for light and for dark skin."""
_Name = TypeVar("_Name", bound=str)


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """
    Skin, hair and clothes in words.

    Attributes:
        sex: of the body it is for.
        top: over the trunk.
        bottom: over hips and legs; nobody goes without.
        feet: what they are in.
        hair: how it is worn.
        skin_tone: 0 lightest to 9 darkest.
        hair_colour: 0 black to 5 grey, see `palette.HAIR`.
        loose: 0 skin-tight to 1 wide, of both pieces.
        seed: decides colours, patterns and all small differences.
    """

    sex: Literal["f", "m"]
    top: Top
    bottom: Bottom
    feet: Feet = "bare"
    hair: Hair = "short"
    skin_tone: int = 3
    hair_colour: int = 1
    loose: float = 0.5
    seed: int = 0

    def __post_init__(self) -> None:
        if self.sex == "f" and self.top == "none":
            raise ValueError("female bodies are never bare: choose a top, a sports bra at least")
        for name, known in (("top", TOPS), ("bottom", BOTTOMS), ("feet", FEET), ("hair", HAIRS)):
            if getattr(self, name) not in known:
                raise ValueError(f"{name} must be one of {', '.join(known)}, got {getattr(self, name)!r}")
        if not 0 <= self.skin_tone < SKIN_TONES or not 0 <= self.loose <= 1:
            raise ValueError("skin_tone must be 0 to 9 and loose 0 to 1")

    @property
    def back_free(self) -> bool:
        """Whether the back can be seen."""
        return self.top in BACK_FREE

    def as_record(self) -> dict[str, object]:
        """Names and values as a record keeps them."""
        return asdict(self)


def random_wardrobe(rng: np.random.Generator, sex: Literal["f", "m"], bare_back: bool | None = None) -> Wardrobe:
    """
    Draw what somebody wears.

    Args:
        rng: decides everything.
        sex: of the body.
        bare_back: True shows as much of the back as dignity allows, False covers it, None either.
    """
    if bare_back is None:
        bare_back = bool(rng.random() < 0.55)
    top = _top(rng, sex, bare_back)
    tone = int(rng.integers(SKIN_TONES))
    loose = float(np.clip(rng.beta(1.6, 1.6), 0, 1))
    return Wardrobe(
        sex=sex,
        top=top,
        bottom=_one(rng, BOTTOMS, (0.1, 0.22, 0.28, 0.2, 0.2)),
        feet=_one(rng, FEET, (0.55, 0.2, 0.25)),
        hair=_one(rng, HAIRS, _HAIR_CHANCES[sex]),
        skin_tone=tone,
        hair_colour=int(rng.choice(6, p=_COLOURS_OF_LIGHT if tone < 5 else _COLOURS_OF_DARK)),
        loose=loose,
        seed=int(rng.integers(2**31)),
    )


def _top(rng: np.random.Generator, sex: str, bare_back: bool) -> Top:
    if bare_back:
        return "sports bra" if sex == "f" else "none"
    return _one(rng, TOPS[2:], (0.3, 0.5, 0.2))


def _one(rng: np.random.Generator, names: tuple[_Name, ...], chances: tuple[float, ...]) -> _Name:
    """One of some names."""
    return names[int(rng.choice(len(names), p=chances))]
