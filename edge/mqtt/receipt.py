"""The collector's word that a summary is on its disk; only this ends a row's journey."""

from typing import Final, Literal

from pydantic import Field, ValidationError

from edge.mqtt.envelope import NAME, SHA256, UUID
from edge.session.summary import Record

MAX_BYTES = 4 * 1024
WIRE: Final = "plumbline.receipt/1"


class Receipt(Record):
    """Sent after the collector's commit, again for every duplicate."""

    wire: Literal["plumbline.receipt/1"] = WIRE
    id: str = Field(pattern=UUID, description="correlation of the envelope")
    sha256: str = Field(pattern=SHA256, description="of the body as the collector stored it")
    collector: str = Field(pattern=NAME, description="who stored it")
    signature: str | None = Field(None, max_length=256, description="by the collector's key; not made or checked yet")


def read_receipt(payload: bytes) -> Receipt | None:
    """
    Return the receipt, or None if it is none; nothing a stranger sends raises.

    >>> read_receipt(b"[" * 5000)
    """
    if len(payload) > MAX_BYTES:
        return None
    try:
        return Receipt.model_validate_json(payload)
    except ValidationError:
        return None
