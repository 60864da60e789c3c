"""The mistakes about a camera that a person has to mend in the settings or on the machine."""

from edge.errors import DeviceError


class CameraSetupError(DeviceError):
    """The camera cannot be used as it is set up: no cable is loose, and the message says what to change."""
