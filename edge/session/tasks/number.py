"""A whole number being entered: by digits, up and down, touch, or one single button."""

from dataclasses import dataclass, replace

from edge.session.tasks.inputs import Chosen, Input, Key, Typed


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """
    What has been entered so far.

    Attributes:
        low: smallest number.
        high: largest number.
        step: of the keys for less and more.
        start: where those keys begin.
        value: the number; None until somebody has entered one.
        typed: the digits typed one after the other.
        negative: the sign that digits get; only where `low` is below zero.
    """

    low: int
    high: int
    step: int
    start: int
    value: int | None = None
    typed: str = ""
    negative: bool = False

    def put(self, entered: Input) -> "NumberEntry":
        """The entry after a key or a touch; what does not fit changes nothing."""
        match entered:
            case Key.LESS | Key.MORE:
                return self._moved(self.step if entered is Key.MORE else -self.step)
            case Key.OTHER_SIDE if self.low < 0:
                value = None if self.value is None else -self.value
                return replace(self, value=value, negative=not self.negative)
            case Typed(digit=digit):
                return self._typed(str(digit))
            case Chosen(value=value) if self.low <= value <= self.high:
                return replace(self, value=value, typed="", negative=value < 0)
        return self

    def press(self) -> "NumberEntry":
        """The one button: from the top down in tenths of the range, and from the bottom to the top again."""
        stride = max(1, (self.high - self.low) // 10)
        value = self.high if self.value is None or self.value - stride < self.low else self.value - stride
        return replace(self, value=value, typed="", negative=value < 0)

    def _moved(self, by: int) -> "NumberEntry":
        value = self.start if self.value is None else min(self.high, max(self.low, self.value + by))
        return replace(self, value=value, typed="", negative=value < 0)

    def _typed(self, digit: str) -> "NumberEntry":
        sign = -1 if self.negative else 1
        for typed in (self.typed + digit, digit):
            if self.low <= sign * int(typed) <= self.high:
                return replace(self, value=sign * int(typed), typed=typed)
        return self
