"""What a stored row looks like on the wire."""

from typing import Final, Literal

from pydantic import Field, ValidationError

from edge.mqtt.publisher import Message
from edge.mqtt.topics import Address
from edge.session.summary import Record
from edge.store.row import StoredRow

MAX_BYTES = 64 * 1024
WIRE: Final = "plumbline.envelope/1"
UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
NAME = r"^[a-z0-9-]{1,32}$"
SHA256 = r"^[0-9a-f]{64}$"


class Envelope(Record):
    """One summary under way. `(site, station, epoch, seq)` is its key at the receiver, `id` what it is known by."""

    wire: Literal["plumbline.envelope/1"] = WIRE
    id: str = Field(pattern=UUID, description="UUID of the session; the idempotency key")
    site: str = Field(pattern=NAME)
    station: str = Field(pattern=NAME)
    epoch: str = Field(pattern=r"^[0-9a-f]{32}$", description="which store of the station; random when it was made")
    seq: int = Field(ge=1, le=2**63 - 1, description="counts within the epoch; a hole is a missing summary")
    kind: Literal["session"]
    schema_id: str = Field(max_length=64, description="form of the body, e.g. plumbline.session/1")
    seal: Literal["none"] = Field(description="how the body is sealed; none: the body is JSON text")
    sha256: str = Field(pattern=SHA256, description="of the body's UTF-8 bytes")
    reply_to: str = Field(max_length=128, description="topic for the receipt; also MQTT 5 ResponseTopic")
    correlation: str = Field(pattern=UUID, description="what the receipt names as id; also MQTT 5 CorrelationData")
    boot_id: str = Field(max_length=64, description="which boot of the station")
    boottime_ms: int = Field(ge=0, description="milliseconds since that boot when it was stored")
    wall_ms: int = Field(description="Unix milliseconds as the station believed when it was stored")
    clock_trust: Literal["none", "rtc", "ntp"] = Field(description="how far to believe wall_ms")
    body: str = Field(description="the sealed summary, exactly as stored")


def pack(row: StoredRow) -> Message:
    """Return the message that carries a stored row."""
    address = Address(row.site, row.station)
    envelope = Envelope(
        id=row.msg_id,
        site=row.site,
        station=row.station,
        epoch=row.epoch,
        seq=row.seq,
        kind="session",
        schema_id=row.schema_id,
        seal="none",
        sha256=row.sha256,
        reply_to=address.topic("receipt"),
        correlation=row.msg_id,
        boot_id=row.boot_id,
        boottime_ms=row.boottime_ms,
        wall_ms=row.wall_ms,
        clock_trust=row.clock_trust,
        body=row.body.decode(),
    )
    payload = envelope.model_dump_json().encode()
    return Message(address.topic("session"), payload, reply_to=envelope.reply_to, correlation=row.msg_id)


def unpack(payload: bytes) -> Envelope | str:
    """Return the envelope, or in words why it is none; nothing a stranger sends raises."""
    if len(payload) > MAX_BYTES:
        return f"larger than {MAX_BYTES // 1024} KB"
    try:
        return Envelope.model_validate_json(payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return f"{'.'.join(map(str, first['loc'])) or 'payload'}: {first['msg']}"[:200]
