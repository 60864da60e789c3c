"""The other end of the wire: take, check, commit, and only then say so."""

import hashlib
import logging
from collections import deque
from collections.abc import Callable

from pydantic import ValidationError

from edge.clock import Clock
from edge.collector.database import CollectorDatabase, DeadLetter
from edge.errors import PublishError
from edge.mqtt.envelope import MAX_BYTES, Envelope, unpack
from edge.mqtt.publisher import Message, Publisher
from edge.mqtt.receipt import Receipt
from edge.mqtt.topics import ALL_SESSIONS, Address, address_of
from edge.session.summary import SCHEMA, SessionSummary

BATCH = 50  # messages stored in one transaction
INBOX = 1000  # messages kept until the next step; a lost one gets no receipt and comes again
IDLE_S = 0.05
log = logging.getLogger(__name__)


class Collector:
    """
    Receives summaries from any number of stations.

        collector = Collector(CollectorDatabase.open(path), publisher, SystemClock())
        while True:
            collector.step() or clock.sleep(IDLE_S)

    Attributes:
        stored: summaries committed since the start, duplicates included.
        refused: messages set aside since the start.
    """

    def __init__(
        self, database: CollectorDatabase, publisher: Publisher, clock: Clock, name: str = "collector"
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._name = name
        self._inbox: deque[Message] = deque(maxlen=INBOX)
        self._owed: deque[Message] = deque(maxlen=INBOX)  # receipts the broker could not take yet
        self.stored = self.refused = 0
        publisher.listen(ALL_SESSIONS, self._inbox.append)

    def step(self) -> int:
        """Take one batch; return how many messages were in it."""
        messages = [self._inbox.popleft() for _ in range(min(len(self._inbox), BATCH))]
        now_ms = round(self._clock.wall().utc.timestamp() * 1000)
        opened = [(message, open_message(message)) for message in messages]
        good = [(message, envelope) for message, envelope in opened if isinstance(envelope, Envelope)]
        verdicts = self._database.store((envelope, now_ms) for _, envelope in good) if good else []
        bad = [(message, reason) for message, reason in opened if isinstance(reason, str)]
        bad += [(message, why) for (message, _), why in zip(good, verdicts, strict=True) if why is not None]
        for message, reason in bad:
            self._set_aside(message, reason, now_ms)
        stored = [envelope for (_, envelope), why in zip(good, verdicts, strict=True) if why is None]
        self.stored += len(stored)
        self._owed.extend(self._receipt(envelope) for envelope in stored)
        self._send_receipts()
        return len(messages)

    def _set_aside(self, message: Message, reason: str, now_ms: int) -> None:
        self.refused += 1
        log.warning("a message on %s was set aside: %s", message.topic, reason)
        self._database.set_aside(DeadLetter(now_ms, message.topic, reason, 1, message.payload[:MAX_BYTES]))

    def _receipt(self, envelope: Envelope) -> Message:
        receipt = Receipt(id=envelope.correlation, sha256=envelope.sha256, collector=self._name)
        return Message(envelope.reply_to, receipt.model_dump_json().encode())

    def _send_receipts(self) -> None:
        self._publisher.acknowledged()  # a lost receipt is asked for again: nothing to remember
        while self._owed:
            try:
                self._publisher.publish(self._owed[0])
            except PublishError as error:
                log.debug("receipts wait (%s)", error)
                return
            self._owed.popleft()


def open_message(message: Message) -> Envelope | str:
    """Return the envelope in a message from the wire, or in words why it must not be stored."""
    envelope = unpack(message.payload)
    if isinstance(envelope, str):
        return envelope
    address = Address(envelope.site, envelope.station)
    if address_of(message.topic, "session") != address:
        return "topic and envelope name different stations"
    if envelope.reply_to != address.topic("receipt") or envelope.correlation != envelope.id:
        return "reply_to or correlation is not the station's own"
    if hashlib.sha256(envelope.body.encode()).hexdigest() != envelope.sha256:
        return "sha256 does not fit the body"
    return _wrong_body(envelope) or envelope


def _wrong_body(envelope: Envelope) -> str | None:
    if envelope.schema_id != SCHEMA:
        return f"schema {envelope.schema_id} is not known here, update the collector"
    try:
        summary = SessionSummary.model_validate_json(envelope.body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return f"body: {'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]
    if (summary.id, summary.station.site, summary.station.station) != (envelope.id, envelope.site, envelope.station):
        return "body and envelope name different sessions"
    return None


def run(collector: Collector, clock: Clock, stopped: Callable[[], bool] = lambda: False) -> None:
    """Receive until told to stop. A StoreError ends it: without a disk there are no receipts, so nothing is lost."""
    while not stopped():
        if not collector.step():
            clock.sleep(IDLE_S)
