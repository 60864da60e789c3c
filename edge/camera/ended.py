"""The one way a camera may stop for good."""

from edge.errors import DeviceError


class CameraEndedError(DeviceError):
    """A recording or folder has been played to its end: nothing is broken, and no more frames will come."""
