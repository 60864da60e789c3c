"""What the service manager is told: ready, alive, stopping; sd_notify in a few lines of socket."""

import os
import socket
from collections.abc import Mapping


class Notifier:
    """
    Tells systemd how this service is doing; says nothing where no systemd listens.

        notifier = Notifier.from_environment()
        notifier.ready()

    Call `alive` only from the loop that proves progress, never from a thread of its own: a hung loop must be noticed.
    """

    def __init__(self, address: str = "", watchdog_s: float | None = None) -> None:
        """
        Args:
            address: path of systemd's datagram socket, or its abstract name with a leading "@"; empty: nobody listens.
            watchdog_s: systemd kills the service when `alive` stays away for longer than this; None: it does not watch.
        """
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self.watchdog_s = watchdog_s

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Notifier":
        """
        The notifier of this process, from NOTIFY_SOCKET and WATCHDOG_USEC.

        >>> Notifier.from_environment({}).ready()
        False
        """
        for_another = environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid())
        period_us = environment.get("WATCHDOG_USEC", "")
        watched = period_us.isdecimal() and int(period_us) > 0 and not for_another
        return cls(environment.get("NOTIFY_SOCKET", ""), int(period_us) / 1e6 if watched else None)

    def ready(self) -> bool:
        """Say that starting is over; True if systemd was told."""
        return self._tell("READY=1")

    def alive(self) -> bool:
        """Say that the work goes on; True if systemd was told."""
        return self._tell("WATCHDOG=1")

    def stopping(self) -> bool:
        """Say that the service is about to end; True if systemd was told."""
        return self._tell("STOPPING=1")

    def status(self, sentence: str) -> bool:
        """Say in one line what is going on, for `systemctl status`; True if systemd was told."""
        return self._tell("STATUS=" + " ".join(sentence.split()))

    def _tell(self, state: str) -> bool:
        if not self._address:
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as door:
            try:
                door.setblocking(False)
                door.sendto(state.encode(), self._address)
            except OSError:  # systemd restarting must not take the station down; its watchdog judges us anyway
                return False
        return True
