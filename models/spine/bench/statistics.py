"""What the bench counts, as plain functions of numbers."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLED = 2000
CONFIDENCE = 95.0


def auc(positive: ArrayLike, negative: ArrayLike) -> float | None:
    """
    How often a positive scores higher than a negative, ties counting half (Mann-Whitney); None without one of either.

    >>> auc([3.0, 2.0], [1.0, 2.0])
    0.875
    """
    one, other = np.asarray(positive, np.float64).reshape(-1), np.asarray(negative, np.float64).reshape(-1)
    if not one.size or not other.size:
        return None
    apart = one[:, None] - other[None, :]
    return float((apart > 0).mean() + (apart == 0).mean() / 2)


def share(hits: Sequence[bool]) -> float | None:
    """
    Share of the hits that are true; None of none.

    >>> share([True, False, True, True]), share([])
    (0.75, None)
    """
    return float(np.mean(hits)) if len(hits) else None


def median(values: Sequence[float]) -> float | None:
    """Of none it is None."""
    return float(np.median(values)) if len(values) else None


def p90(values: Sequence[float]) -> float | None:
    """90 % of the values are at most this; None without a value."""
    return float(np.percentile(values, 90)) if len(values) else None


def bias_sd(people: Mapping[int, Sequence[float]]) -> float | None:
    """
    Standard deviation over people of each one's mean error: what averaging frames does not remove.

    >>> bias_sd({1: [1.0, 3.0], 2: [-1.0, 1.0], 3: []})
    1.4142135623730951
    """
    means = [float(np.mean(errors)) for errors in people.values() if len(errors)]
    return float(np.std(means, ddof=1)) if len(means) > 1 else None


def interval(
    people: Sequence[int], statistic: Callable[[NDArray[np.intp]], float | None], seed: int = 0
) -> tuple[float, float] | None:
    """
    The 95 % interval of a statistic when people are drawn anew, all frames of one together.

    Args:
        people: of each frame, who it shows.
        statistic: of the frames of the given places.
        seed: of the draws.

    Returns:
        None where the statistic has no value in most of the draws.
    """
    frames: dict[int, list[int]] = {}
    for place, person in enumerate(people):
        frames.setdefault(person, []).append(place)
    groups, dice = [np.array(places, np.intp) for places in frames.values()], np.random.default_rng(seed)
    if not groups:
        return None
    drawn = (dice.integers(0, len(groups), len(groups)) for _ in range(RESAMPLED))
    values = [statistic(np.concatenate([groups[place] for place in places])) for places in drawn]
    known = [value for value in values if value is not None]
    if len(known) < RESAMPLED / 2:
        return None
    low, high = np.percentile(known, [50 - CONFIDENCE / 2, 50 + CONFIDENCE / 2])
    return float(low), float(high)


def mean_interval(differences: Sequence[float], seed: int = 0) -> tuple[float, float] | None:
    """The 95 % interval of the mean of paired differences; None for fewer than two."""
    values = np.asarray(differences, np.float64)
    if values.size < 2:
        return None
    return interval(range(values.size), lambda places: float(values[places].mean()), seed)


def written(limits: tuple[float, float] | None, digits: int = 2) -> str:
    """
    An interval as people read it.

    >>> written((0.9012, 0.987)), written(None)
    ('95 % interval 0.90 to 0.99', 'too few for an interval')
    """
    if limits is None:
        return "too few for an interval"
    return f"95 % interval {limits[0]:.{digits}f} to {limits[1]:.{digits}f}"
