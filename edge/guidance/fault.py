"""Something that keeps a person from being measured well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing that is not right.

    Attributes:
        code: key of its text in `texts.py`.
        blocks: whether a frame with it may not be used; a fault that does not block is told and recorded.
        values: what to fill into the text, e.g. (("tilt_deg", "1.8"),).
    """

    code: str
    blocks: bool = True
    values: tuple[tuple[str, str], ...] = ()
