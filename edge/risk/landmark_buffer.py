"""The frames of one window as they came, in buckets of one sample's length."""

from collections import deque
from typing import Generic, TypeVar

from edge.risk.window import BUCKET_FRAMES, RATE_HZ, SAMPLES

Item = TypeVar("Item")


class LandmarkBuffer(Generic[Item]):
    """
    At most `buckets` x `depth` items: whatever comes beyond that pushes the oldest out.

        buffer = LandmarkBuffer[Landmarks]()
        buffer.add(landmarks.time_s, landmarks)

    With N buckets that hold x items each, the sum of x never exceeds N x depth: a burst of frames may fill the room of
    quieter moments, then the oldest items go, whichever bucket they are in.
    """

    def __init__(self, buckets: int = SAMPLES, depth: int = BUCKET_FRAMES, rate_hz: float = RATE_HZ) -> None:
        """
        Args:
            buckets: N, how many samples back anything is kept.
            depth: items a bucket is meant to hold.
            rate_hz: buckets a second.
        """
        if buckets < 1 or depth < 1 or not rate_hz > 0:
            raise ValueError(f"a buffer needs buckets, depth and rate, got {buckets}, {depth}, {rate_hz}")
        self.buckets, self.depth = buckets, depth
        self._rate_hz = rate_hz
        self._held: deque[tuple[int, Item]] = deque()

    def add(self, time_s: float, item: Item) -> None:
        """
        Keep an item; raise ValueError if it is older than the newest one, which nothing here may be.

        Args:
            time_s: its capture time.
            item: what to keep.
        """
        number = int(time_s * self._rate_hz // 1)
        if self._held and number < self._held[-1][0]:
            raise ValueError(f"time runs backwards: {time_s} s comes after a later item")
        self._held.append((number, item))
        while len(self._held) > self.buckets * self.depth or self._held[0][0] <= number - self.buckets:
            self._held.popleft()

    def counts(self) -> tuple[int, ...]:
        """x of every bucket that holds anything, oldest first."""
        counts: dict[int, int] = {}
        for number, _ in self._held:
            counts[number] = counts.get(number, 0) + 1
        return tuple(counts.values())

    def items(self) -> tuple[Item, ...]:
        """What is held, oldest first."""
        return tuple(item for _, item in self._held)

    def clear(self) -> None:
        """Forget everything."""
        self._held.clear()

    def __len__(self) -> int:
        return len(self._held)
