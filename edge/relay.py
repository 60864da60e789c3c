"""The relay carries summaries from the outbox to the broker and receipts back. It has the network, no frame."""

import logging
import platform
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import edge
from edge.clock import Clock
from edge.errors import PublishError
from edge.mqtt.envelope import pack
from edge.mqtt.health import Health
from edge.mqtt.publisher import Message, Publisher
from edge.mqtt.receipt import read_receipt
from edge.mqtt.topics import Address
from edge.session.summary import Moment
from edge.store.outbox import Outbox
from edge.store.row import StoredRow

BATCH = 20  # messages a step; with PERIOD_S it limits the drain to 400 a second
PERIOD_S = 0.05
IDLE_S = 0.5
LONGEST_S = 6 * 3600.0
PATIENCE = 2  # sends without a receipt after which any receipt is news: the collector is back
INBOX = 1000  # receipts kept until the next step; a lost one comes again with the resend
KEEP_S = 7 * 24 * 3600.0  # a receipt may be wrong or forged: its row stays this long
HOUSEKEEPING_S = 60.0
HEALTH_S = 600.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RelayTimes:
    """
    How patient a relay is.

    Attributes:
        retry_s: resend what has no receipt after this, doubling up to six hours, each time a little off.
        health_s: how often to say how it is doing.
        keep_s: how long a receipted row stays.
    """

    retry_s: float = 30.0
    health_s: float = HEALTH_S
    keep_s: float = KEEP_S


class Relay:
    """
    Outbox on one side, broker on the other.

        relay = Relay(outbox, publisher, SystemClock(), Address("clinic-a", "station-1"))
        while True:
            clock.sleep(PERIOD_S if relay.step() else IDLE_S)

    Attributes:
        receipted: rows ended by a receipt since the start.
        ignored: receipts that could not be read.
        unmatched: receipts that fit nothing that waits.
    """

    def __init__(
        self, outbox: Outbox, publisher: Publisher, clock: Clock, address: Address, times: RelayTimes | None = None
    ) -> None:
        self._outbox = outbox
        self._publisher = publisher
        self._clock = clock
        self._address = address
        self._times = times or RelayTimes()
        self._random = random.Random()  # noqa: S311 - spreads resends, hides nothing
        self._inbox: deque[Message] = deque(maxlen=INBOX)
        self._health_due_s = self._housekeeping_due_s = clock.monotonic_s()
        self.receipted = self.ignored = self.unmatched = 0
        while outbox.hurry(tries=-1):
            pass  # whatever was under way when the last relay ended goes again
        for station in {address, *(Address(*names) for names in outbox.stations())}:
            publisher.listen(station.topic("receipt"), self._inbox.append)

    def step(self) -> bool:
        """Carry one batch; return whether there may be more at once."""
        self._take_receipts()
        self._outbox.acked(self._publisher.acknowledged())
        now_s = self._clock.monotonic_s()
        due = self._outbox.due(round(now_s * 1000), BATCH)
        sent = self._send(due)
        self._outbox.sent((row.seq, self._next_ms(row, now_s)) for row in sent)
        self._speak(now_s)
        self._tidy(now_s)
        return bool(sent or self._inbox)

    def _take_receipts(self) -> None:
        messages = [self._inbox.popleft() for _ in range(min(len(self._inbox), 10 * BATCH))]
        receipts = [receipt for receipt in (read_receipt(m.payload) for m in messages) if receipt is not None]
        matched = self._outbox.receipted((receipt.id, receipt.sha256) for receipt in receipts)
        self.ignored += len(messages) - len(receipts)
        self.unmatched += len(receipts) - matched
        self.receipted += matched
        if matched:
            self._outbox.hurry(tries=PATIENCE)

    def _send(self, rows: list[StoredRow]) -> list[StoredRow]:
        for count, row in enumerate(rows):
            try:
                self._publisher.publish(pack(row))
            except PublishError as error:
                log.debug("the broker takes nothing now (%s)", error)
                return rows[:count]
        return rows

    def _next_ms(self, row: StoredRow, now_s: float) -> int:
        wait_s = min(self._times.retry_s * 2.0 ** min(row.tries, 32), LONGEST_S)
        return round((now_s + wait_s * self._random.uniform(0.75, 1.25)) * 1000)

    def _speak(self, now_s: float) -> None:
        if now_s < self._health_due_s:
            return
        try:
            self._publisher.publish(Message(self._address.topic("health"), self._health().model_dump_json().encode()))
        except PublishError:
            return
        self._health_due_s = now_s + self._times.health_s

    def _health(self) -> Health:
        wall = self._clock.wall()
        return Health(
            site=self._address.site,
            station=self._address.station,
            at=Moment(utc=wall.utc.isoformat(timespec="milliseconds").replace("+00:00", "Z"), trust=wall.trust),
            software=edge.__version__,
            python=platform.python_version(),
            waiting=self._outbox.waiting(),
            receipts_ignored=self.ignored,
            receipts_unmatched=self.unmatched,
        )

    def _tidy(self, now_s: float) -> None:
        if now_s < self._housekeeping_due_s:
            return
        oldest_ms = round((self._clock.wall().utc.timestamp() - self._times.keep_s) * 1000)
        if not self._outbox.purge(older_than_ms=oldest_ms):
            self._housekeeping_due_s = now_s + HOUSEKEEPING_S


def run(relay: Relay, clock: Clock, stopped: Callable[[], bool] = lambda: False) -> None:
    """Carry until told to stop. A StoreError ends it: systemd starts it again, and starting is recovering."""
    while not stopped():
        clock.sleep(PERIOD_S if relay.step() else IDLE_S)
