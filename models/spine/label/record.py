"""
Format "labels/1": what is kept of a site's own pictures. Described by `labels.schema.json` beside this file.

    FOLDER/*.jpg, *.png                     the site's pictures, never changed
    FOLDER/labels/manifest.json             who agreed to what, and when
    FOLDER/labels/<first 16 of SHA-256>.json    one picture's points

Nothing here has a field for a name, of the person in the picture or of who sits before the screen, and files' names
are not kept because they may hold one: a picture is known by the SHA-256 of its file.

Points are pixels of the upright picture, x right, y down, (0, 0) its upper left corner. A point is

- predicted: left as the network put it. Nobody looked, or nobody said so: it is NOT truth.
- confirmed: a person said that it is right where the network put it.
- corrected: a person put it there.
"""

import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter, model_validator

from edge.session.summary import Record
from models.spine.layout import COUNT, POINTS

FORMAT: Final = "labels/1"
SCHEMA = Path(__file__).with_name("labels.schema.json")
STATEMENT: Final = (
    "The person in this picture, or who decides for them, has agreed in writing that the picture is kept at this site "
    "and that a network learns from it. They know that they may take this back at any time."
)
"""What is agreed to."""
ROLES = ("clinician", "nurse", "physio", "technician", "researcher", "student", "other")
OPERATOR = rf"^({'|'.join(ROLES)})-[0-9]{{1,3}}$"
"""Who operates: a role and a number, never a name."""
SHA256 = r"^[0-9a-f]{64}$"
UTC = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"
FARTHEST_PX = 100_000.0

State = Literal["predicted", "confirmed", "corrected"]
Hash = Annotated[str, Field(pattern=SHA256)]
Operator = Annotated[str, Field(pattern=OPERATOR, description="role and number, never a name")]
Utc = Annotated[str, Field(pattern=UTC)]
Pixel = Annotated[float, Field(ge=-FARTHEST_PX, le=FARTHEST_PX)]
Point = tuple[Pixel, Pixel]


class Network(Record):
    """Which network predicted."""

    name: str = Field(min_length=1, max_length=100)
    sha256: Hash


class PointLabel(Record):
    """One point: what the network said and what a person said about it."""

    name: str
    predicted_px: Point | None = Field(description="None where the network gave no place")
    sd_px: float | None = Field(ge=0, description="pixels; None where unknown")
    visible: float = Field(ge=0, le=1, description="the network's word; 0 hidden, 1 seen")
    state: State = "predicted"
    xy_px: Point | None = Field(description="where it is now; truth only where the state is not predicted")
    hidden: bool | None = Field(default=None, description="a person's word; None where nobody said anything")
    operator: Operator | None = Field(default=None, description="who changed it last")
    utc: Utc | None = Field(default=None, description="when")

    @property
    def true(self) -> bool:
        """Whether a person vouches for the place."""
        return self.state != "predicted"

    @property
    def touched(self) -> bool:
        """Whether a person said anything about it."""
        return self.true or self.hidden is not None

    @property
    def shown_hidden(self) -> bool:
        """Whether it counts as hidden: a person's word before the network's."""
        return self.visible < 0.5 if self.hidden is None else self.hidden

    @model_validator(mode="after")
    def _consistent(self) -> "PointLabel":
        if self.true and (self.xy_px is None or self.hidden is None):
            raise ValueError(f"{self.name} is {self.state} but has no place or nobody said whether it is hidden")
        if self.state != "corrected" and self.xy_px != self.predicted_px:
            raise ValueError(f"{self.name} is {self.state} but not where it was predicted")
        if self.touched != (self.operator is not None) or self.touched != (self.utc is not None):
            raise ValueError(f"{self.name}: operator and time belong to what a person changed, and to nothing else")
        return self


class PictureLabels(Record):
    """One picture's points."""

    format: Literal["labels/1"] = FORMAT
    kind: Literal["picture"] = "picture"
    sha256: Hash = Field(description="of the picture's file")
    width_px: int = Field(ge=1, description="of the upright picture")
    height_px: int = Field(ge=1)
    network: Network
    points: tuple[PointLabel, ...] = Field(min_length=COUNT, max_length=COUNT)
    operator: Operator = Field(description="who saved it last")
    utc: Utc = Field(description="when")
    tool: str = Field(max_length=32, description="version of the labelling tool")

    @model_validator(mode="after")
    def _in_order(self) -> "PictureLabels":
        if tuple(point.name for point in self.points) != POINTS:
            raise ValueError("the points are not those of the layout, in its order")
        return self

    @property
    def touched(self) -> bool:
        """Whether a person said anything about it."""
        return any(point.touched for point in self.points)


class Consent(Record):
    """One answer about one picture; a later one replaces it."""

    sha256: Hash = Field(description="of the picture's file")
    given: Literal["yes", "no"]
    date: datetime.date | None = Field(description="when consent was given; None without consent")
    operator: Operator = Field(description="who recorded the answer")
    utc: Utc = Field(description="when it was recorded")

    @model_validator(mode="after")
    def _dated(self) -> "Consent":
        if (self.given == "yes") != (self.date is not None):
            raise ValueError("consent has a date, a refusal has none")
        return self


class Manifest(Record):
    """What holds for the whole folder. Answers are added, never removed; the last one about a picture counts."""

    format: Literal["labels/1"] = FORMAT
    kind: Literal["manifest"] = "manifest"
    statement: str = Field(default=STATEMENT, min_length=1, description="what was agreed to")
    consents: tuple[Consent, ...] = ()

    def consent(self, sha256: str) -> Consent | None:
        """The answer that counts for one picture; None where nobody was asked."""
        return next((one for one in reversed(self.consents) if one.sha256 == sha256), None)


def schema() -> dict[str, object]:
    """The JSON Schema of both kinds of file."""
    either = Annotated[Manifest | PictureLabels, Field(discriminator="kind")]
    return TypeAdapter[object](either).json_schema() | {"title": "Corrected points of a site's own pictures, labels/1"}
