"""What every camera can do."""

from typing import Protocol

from edge.camera.frame import Frame


class Camera(Protocol):
    """A source of frames."""

    @property
    def rate_hz(self) -> float:
        """How many frames are due a second: as the file or device declares it, then as the camera really gives them."""

    def read(self) -> Frame:
        """Return the next frame, waiting for it if need be; raise DeviceError if none comes."""

    def close(self) -> None:
        """Release the device; closing twice is fine."""
