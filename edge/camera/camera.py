"""What every camera can do."""

from typing import Protocol

from edge.camera.frame import Frame


class Camera(Protocol):
    """A source of frames."""

    def read(self) -> Frame:
        """Return the next frame, waiting for it if need be; raise DeviceError if none comes."""

    def close(self) -> None:
        """Release the device; closing twice is fine."""
