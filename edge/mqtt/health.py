"""What a relay says about its station now and then; nothing about people."""

from typing import Final, Literal

from pydantic import Field

from edge.mqtt.envelope import NAME
from edge.session.summary import Moment, Record

WIRE: Final = "plumbline.health/1"


class Health(Record):
    """How the relay is doing."""

    wire: Literal["plumbline.health/1"] = WIRE
    site: str = Field(pattern=NAME)
    station: str = Field(pattern=NAME)
    at: Moment
    software: str
    python: str
    waiting: int = Field(ge=0, description="summaries without a receipt")
    receipts_ignored: int = Field(ge=0, description="malformed receipts since the relay started")
    receipts_unmatched: int = Field(ge=0, description="receipts for nothing that waits, since the relay started")
