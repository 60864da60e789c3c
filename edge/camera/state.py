"""How a camera is doing."""

from enum import IntEnum


class CameraState(IntEnum):
    """What can be said of a camera; the numbers cross the ring."""

    OPENING = 0
    FINE = 1
    LOST = 2
    FROZEN = 3
    DARK = 4
    BRIGHT = 5
    SLOW = 6
    ENDED = 7
    UNUSABLE = 8  # as it is set up


SENTENCE = {
    CameraState.FROZEN: "The camera repeats one picture: check its cable.",
    CameraState.DARK: "The picture is black: take the cover off the camera and switch the light on.",
    CameraState.BRIGHT: "The picture is white: turn the camera away from the light.",
    CameraState.SLOW: (
        "The camera gives {given:.0f} of {due:.0f} pictures a second: give it more light or set camera.fps."
    ),
}
"""What to do about a picture that arrives but is of no use; braces are filled in with rates."""

SLOW_RECORDING = "Only {given:.0f} of the recording's {due:.0f} pictures a second are played: use a smaller recording."
