"""One measured value beside the truth, and what is known about the picture it was taken from."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pair:
    """
    One measure in one frame or one take.

    Attributes:
        measure: row of the catalogue, e.g. "C1".
        view: the side seen, e.g. "back".
        seed: of the person.
        number: of the frame among the frames of the seed.
        measured: what the station read, in the measure's unit; None when it gave a reason instead.
        reason: why nothing was measured; None when there is a value.
        body: the measure taken on the 3-D body by its clinical definition; None where it has no such value.
        picture: the same measure taken on the true joints as they lie in the picture; None where a joint is not
            known. It leaves the network's error alone: the geometry of the place is in both.
        strata: kind of stratum -> the person's, e.g. "clothing" -> "bare back".
    """

    measure: str
    view: str
    seed: int
    number: int
    measured: float | None
    reason: str | None
    body: float | None
    picture: float | None
    strata: Mapping[str, str] = field(default_factory=dict)

    def truth(self, reference: str) -> float | None:
        """The true value by one of the two references, "body" or "picture"."""
        return self.body if reference == "body" else self.picture
