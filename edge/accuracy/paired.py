"""From what the station read to pairs with the truth."""

from collections.abc import Iterable, Mapping, Sequence

from edge.accuracy.look import Look
from edge.accuracy.pair import Pair
from edge.accuracy.shot import Shot
from edge.selftest.known_person import perfect
from edge.spine.measure import Measure
from edge.spine.measures import RECIPES, measure

NOBODY = "nobody found"


def pairs_of(looks: Iterable[Look]) -> list[Pair]:
    """One pair for every measure that stands on landmarks or the silhouette and can be seen from the frame's side."""
    return [pair for look in looks for pair in _pairs(look)]


def due(shot: Shot) -> Sequence[str]:
    """The measures a frame should give: no network reads spine points yet."""
    return [row for row, one in RECIPES.items() if one.needs != "spine points" and shot.view in one.views]


def _pairs(look: Look) -> list[Pair]:
    shot = look.shot
    # The truth's outline is not cut out of the picture: what stands on it has the body alone to be compared with.
    truth = measure(perfect(shot.joints_px), shot.view, shot.setup, shot.size_px).by_id
    pairs = []
    for row in due(shot):
        value, reason = _read(look, row)
        pairs.append(
            Pair(
                measure=row,
                view=shot.view.value,
                seed=shot.seed,
                take=shot.take,
                number=shot.number,
                measured=value,
                reason=reason,
                body=shot.measures.get(row),
                picture=truth[row].value if row in truth else None,
                strata=shot.strata,
            )
        )
    return pairs


def _read(look: Look, row: str) -> tuple[float | None, str | None]:
    """A value or the reason why the station would give none."""
    if look.measures is None:
        return None, NOBODY
    if look.faults:
        return None, look.faults[0]
    found: Mapping[str, Measure] = look.measures.by_id
    one = found.get(row)
    if one is None:
        return None, "no outline of the person"
    return one.value, one.reason
