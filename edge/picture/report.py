"""What one picture says: the JSON that `plumbline measure` writes."""

from typing import Final, Literal

from pydantic import Field

from edge.session.summary import NOTICE, Network, Record
from edge.spine.measure import Unit

SCHEMA: Final = "plumbline.picture/1"
View = Literal["back", "front", "left", "right"]


class JointRecord(Record):
    """One of the 33 landmarks."""

    name: str = Field(description="BlazePose's name; left and right are the person's own")
    x_px: float = Field(description="right of the upright picture's left edge")
    y_px: float = Field(description="below its top edge")
    z_px: float = Field(description="away from the camera, relative to mid-hip; the network's guess")
    score: float = Field(description="0 a guess, 1 certain")
    seen: bool = Field(description="whether the score is high enough to measure with")


class MeasureRecord(Record):
    """One measure, or why there is none."""

    id: str
    name: str
    value: float | None = Field(
        description="positive: the person's right is higher, or shifted or leaning to the right"
    )
    unit: Unit
    words: str | None = Field(description="the value as a person reads it")
    reason: str | None = Field(description="why there is no value")
    surrogate: bool = Field(description="stands in for a measure whose points this station cannot see yet")
    stated_sd: float | None = Field(
        default=None, description="standard deviation of the value as the networks state it; null if they do not"
    )
    uncertainty: float | None = Field(description="90 % of single-frame errors on rendered people lie within this")


class PictureReport(Record):
    """One picture, measured or refused."""

    schema_id: Literal["plumbline.picture/1"] = SCHEMA
    picture: str = Field(description="name of the file, without its folder")
    overlay: str = Field(description="name of the overlay beside this file")
    overlay_scale: int = Field(
        description="pixels of the overlay per pixel of the picture; small pictures are enlarged"
    )
    software: str
    width_px: int = Field(description="of the upright picture")
    height_px: int
    people: int | None
    view: View = Field(description="the side that was asked for")
    seen_view: View | None = Field(description="the side the picture shows; null when it cannot be said")
    px_per_m: float | None = Field(description="scale at the person's place; null when nobody knows it")
    scale_origin: Literal["setting", "camera distance", "body height", "unknown"]
    tilt_of_one_px_deg: float | None = Field(description="what one pixel on one shoulder changes the shoulder tilt by")
    refusal: str | None = Field(description="why nothing was measured; null when it was")
    remarks: list[str] = Field(description="what would keep the station from accepting this as a take")
    networks: list[Network]
    joints: list[JointRecord]
    measures: list[MeasureRecord]
    notice: str = NOTICE
