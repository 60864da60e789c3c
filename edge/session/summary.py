"""What a session leaves behind: the record that is stored, relayed and received. It carries no name and no picture."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

NOTICE = "Screening aid — not a diagnosis. Only a clinician and, if needed, an X-ray can diagnose scoliosis."
SCHEMA: Final = "plumbline.session/1"

Outcome = Literal["measured", "not_measurable", "voided"]
Flag = Literal["within", "amber", "strong"]
TaskOutcome = Literal["complete", "partial", "skipped", "not_started"]


class Record(BaseModel):
    """A frozen part of a message; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class Moment(Record):
    """A point in wall time and how far it is to be trusted."""

    utc: str = Field(description="ISO 8601, UTC, e.g. 2026-11-20T12:40:30.123Z")
    trust: Literal["none", "rtc", "ntp"]


class Station(Record):
    """Which station spoke."""

    site: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    station: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    software: str


class Source(Record):
    """Where the frames came from. A recording or a simulated part is never passed off as a live camera."""

    camera: str = Field(description="driver: recording, folder, webcam, picamera, simulated")
    recorded: bool
    announcement: str | None = Field(description="what the screen said about it, e.g. RECORDING - not a live person")
    width_px: int | None
    height_px: int | None


class Scale(Record):
    """How millimetres were had, or why they were not."""

    px_per_m: float | None
    origin: Literal["setting", "camera distance", "body height", "unknown"]
    roll_deg: float | None
    camera_height_m: float | None
    distance_m: float | None
    person_height_m: float | None


class Network(Record):
    """One network that took part."""

    name: str
    sha256: str
    engine: str = Field(description="what ran it and in which precision")


class Take(Record):
    """One take and whether it may be used."""

    number: int
    accepted: bool
    reasons: list[str] = Field(description="why it was not accepted; empty when it was")
    frames_due: int
    frames_usable: int
    duration_s: float


class Result(Record):
    """One measure over the whole session: the median of the accepted takes."""

    id: str
    name: str
    value: float | None
    unit: Literal["deg", "mm", "%trunk"]
    words: str | None = Field(description="the value as a person reads it, e.g. right shoulder higher by 4.1°")
    reason: str | None = Field(description="why there is no value")
    surrogate: bool = Field(description="stands in for a measure whose points this station cannot see yet")
    per_take: list[float | None]
    sd: float | None = Field(description="standard deviation over the takes")
    stated_sd: float | None = Field(
        default=None,
        description="standard deviation of one frame's value as the networks state it; null if they do not",
    )
    uncertainty: float | None = Field(description="90 % of single-frame errors on rendered people lie within this")
    mdc95: float | None = Field(description="this station's measured minimal detectable change; null until measured")
    flag: Flag | None = Field(description="null when there is no value or no threshold")
    recovered_share: float = Field(ge=0, le=1, description="share of used frames in which a point was recovered")


class TaskMeasure(Record):
    """One thing a task has measured, or why it has not."""

    id: str
    name: str
    value: float | None
    unit: Literal["deg", "mm", "%trunk", "%", "steps/min", "s"]
    limit: float | None = Field(description="a difference smaller than this is within what the measurement can tell")
    words: str | None = Field(description="the value as a person reads it, with its limit")
    reason: str | None = Field(description="why there is no value")


class TaskIndex(Record):
    """The movement index of one task: experimental, trained on movements with built-in faults, never a referral."""

    value: float | None = Field(ge=0, le=1, description="0 best to 1 worst")
    reason: str | None = Field(description="why there is none")
    lean: float | None = Field(default=None, ge=0, le=1)
    rotation: float | None = Field(default=None, ge=0, le=1)
    blades: float | None = Field(default=None, ge=0, le=1)
    uncertainty: float | None = None
    coverage: float = Field(default=0.0, ge=0, le=1)


class Task(Record):
    """One of the movement tasks, however far it came."""

    kind: Literal["touch_toes", "walk", "jump"]
    view: Literal["back", "front", "left", "right"] = Field(description="the side the camera was to see")
    outcome: TaskOutcome
    reason: str | None = Field(description="why it is not complete")
    repetitions: int = Field(description="bends or jumps made, or steps walked")
    wanted: int = Field(description="how many make it complete")
    duration_s: float = Field(description="of the movement, without instruction and countdown")
    frames_due: int
    frames_usable: int
    measures: list[TaskMeasure]
    index: TaskIndex
    rating: int | None = Field(ge=0, le=100, description="how comfortable the back felt, 100 = no discomfort at all")
    rating_reason: str | None = Field(description="why there is no rating")


class HumpStep(Record):
    """The back's outline at one depth of the forward bend."""

    depth_deg: float
    skyline_deg: float = Field(
        description="+ = right side higher; an angle of the outline, not what a scoliometer reads"
    )


class HumpHint(Record):
    """The camera's hint from the forward bend: experimental, for a site to compare with its scoliometer."""

    side: Literal["left", "right"] | None
    band: Literal["thoracic", "thoracolumbar", "lumbar"] | None
    reason: str | None = Field(description="why no side is named")
    skyline_deg: float | None = Field(description="median over the depths; never shown to a person")
    course: list[HumpStep]


class ScoliometerReading(Record):
    """What somebody has read off a scoliometer in the forward bend."""

    level: Literal["thoracic", "thoracolumbar", "lumbar"]
    atr_deg: int | None = Field(ge=-30, le=30, description="+ = right side up; null when it was not taken")


class SessionSummary(Record):
    """A finished session."""

    schema_id: Literal["plumbline.session/1"] = SCHEMA
    id: str = Field(description="UUID made at session start; the idempotency key")
    code: str = Field(description="random session code; the school or clinic keeps the list of who it was")
    station: Station
    source: Source
    started: Moment
    ended: Moment
    duration_s: float
    outcome: Outcome
    reason: str | None = Field(description="why there is no result; null when outcome is measured")
    view: Literal["back", "front", "left", "right"]
    scale: Scale
    networks: list[Network]
    takes: list[Take]
    results: list[Result]
    tasks: list[Task] = Field(default=[], description="empty where the settings ask for none")
    hump: HumpHint | None = Field(default=None, description="null without a forward bend seen from behind or in front")
    scoliometer: list[ScoliometerReading] = Field(default=[], description="empty where nobody was asked for it")
    notice: str = NOTICE
