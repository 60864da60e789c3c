"""Who the rest bodies are: twelve chosen people, and as many drawn ones as training wants."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from models.people.asset import Sex

# The shape's growth axis runs from newborn (0) over child (1/3) and young adult (2/3) to old (1); its heights at a
# middle tallness meet growth charts at these years.
YEARS = (1.0, 8.0, 11.0, 14.0, 17.0, 20.0, 25.0, 45.0, 65.0, 85.0)
GROWTH = (0.06, 0.25, 0.34, 0.44, 0.55, 0.62, 0.667, 0.78, 0.9, 1.0)
HEIGHTS_M = (0.75, 1.27, 1.44, 1.63, 1.76, 1.78, 1.78, 1.77, 1.73, 1.70)
"""Median of boys and men at `YEARS`."""
FEMALE_SHARE = (1.0, 1.0, 1.005, 0.975, 0.93, 0.925, 0.925, 0.925, 0.92, 0.92)
TALLNESS_M = (1.15, 1.95)
"""Nobody outside is built: the shapes beyond look unlike people."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    One person to build.

    Attributes:
        sex: of the shape.
        age_years: see `Description.age_years_about`.
        height_m: sole to the top of the head.
        fatness: 0 (thin) to 1 (heavy).
        muscle: 0 (slight) to 1 (strong).
        proportions: 0 (stocky) to 1 (idealised).
        descent: shares of African, Asian and Caucasian face and body shape, summing to 1.
        changes: local shape changes by name, -1 to 1, the same on both sides.
    """

    sex: Sex
    age_years: float
    height_m: float
    fatness: float = 0.5
    muscle: float = 0.5
    proportions: float = 0.55
    descent: tuple[float, float, float] = (0.33, 0.33, 0.34)
    changes: tuple[tuple[str, float], ...] = ()

    @property
    def growth(self) -> float:
        """Where the person stands on the growth axis."""
        return float(np.interp(self.age_years, YEARS, GROWTH))

    @property
    def build(self) -> str:
        """'thin', 'average' or 'heavy'."""
        return "thin" if self.fatness < 0.37 else "heavy" if self.fatness > 0.7 else "average"


SLIM = (("measure-waist-circ-incr", -0.5),)
"""Left alone, the shape gives boys and men hardly a waist."""
STOUT = (("measure-waist-circ-incr", 0.5), ("stomach-tone-incr", -0.6), ("measure-hips-circ-incr", 0.3))
TWELVE = (
    Recipe("m", 16, 1.74, 0.40, 0.50, 0.60, (0.1, 0.2, 0.7), SLIM),
    Recipe("f", 14, 1.61, 0.42, 0.42, 0.60, (0.1, 0.6, 0.3)),
    Recipe("m", 12, 1.50, 0.12, 0.40, 0.55, (0.7, 0.1, 0.2), SLIM),
    Recipe("f", 12, 1.53, 0.16, 0.40, 0.55, (0.1, 0.1, 0.8)),
    Recipe("m", 8, 1.28, 0.42, 0.42, 0.50, (0.1, 0.8, 0.1), SLIM),
    Recipe("f", 8, 1.26, 0.50, 0.40, 0.50, (0.6, 0.2, 0.2)),
    Recipe("m", 34, 1.80, 0.48, 0.72, 0.65, (0.3, 0.1, 0.6), SLIM),
    Recipe("f", 38, 1.66, 0.55, 0.45, 0.55, (0.8, 0.1, 0.1)),
    Recipe("m", 46, 1.75, 1.00, 0.45, 0.40, (0.1, 0.1, 0.8), STOUT),
    Recipe("f", 52, 1.62, 0.97, 0.40, 0.40, (0.3, 0.3, 0.4), STOUT),
    Recipe("m", 72, 1.70, 0.45, 0.35, 0.45, (0.1, 0.6, 0.3)),
    Recipe("f", 70, 1.57, 0.60, 0.30, 0.45, (0.1, 0.1, 0.8)),
)


def draw(rng: Generator, whole: list[str], paired: list[str]) -> Recipe:
    """
    A random person, every second one between 9 and 17.

    Args:
        rng: decides.
        whole: names of the local changes that concern both sides at once.
        paired: names of those that each side has for itself, without the side.
    """
    sex: Sex = "f" if rng.random() < 0.5 else "m"
    age = float(rng.choice([rng.uniform(7, 10), rng.uniform(9, 17), rng.uniform(17, 40), rng.uniform(40, 80)], p=WHO))
    height = median_height_m(sex, age) * (1.0 + float(np.clip(rng.normal(0, 0.042), -0.1, 0.1)))
    names = [*rng.choice(whole, 12, replace=False), *rng.choice(paired, 8, replace=False)]
    changes = tuple((str(name), float(np.clip(rng.normal(0, 0.3), -0.8, 0.8))) for name in names)
    descent = rng.dirichlet([0.5] * 3)
    return Recipe(
        sex=sex,
        age_years=age,
        height_m=float(np.clip(height, *TALLNESS_M)),
        fatness=float(rng.beta(2, 2)),
        muscle=float(rng.beta(2, 2)),
        proportions=float(rng.beta(2, 2)),
        descent=(float(descent[0]), float(descent[1]), float(descent[2])),
        changes=changes,
    )


WHO = (0.1, 0.5, 0.25, 0.15)
"""How often a drawn person is a small child, of screening age, a younger and an older adult."""


def median_height_m(sex: Sex, age_years: float) -> float:
    """Median height at an age, read roughly off growth charts."""
    share = float(np.interp(age_years, YEARS, FEMALE_SHARE)) if sex == "f" else 1.0
    return float(np.interp(age_years, YEARS, HEIGHTS_M)) * share
