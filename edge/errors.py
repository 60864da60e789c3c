"""
Every error the station raises on purpose. Each message is one sentence that says what to do next.

PlumblineError
├── ConfigError     a setting is missing, unknown or out of range
├── DeviceError     a camera, display or panel does not answer
├── ModelError      a network's file is missing, altered, wrong or cannot run here
├── PictureError    a picture or recording cannot be read or measured
├── StoreError      the outbox cannot be read or written
├── PublishError    the broker cannot be reached; the message stays queued
└── RingError       the vision child and the station do not understand each other
"""


class PlumblineError(Exception):
    """Base of all errors raised by Plumbline."""


class ConfigError(PlumblineError, ValueError):
    """A setting is missing, unknown or out of range."""


class DeviceError(PlumblineError, OSError):
    """A camera, display or panel does not answer."""


class ModelError(PlumblineError, RuntimeError):
    """A network's file is missing, altered, wrong or cannot run here."""


class PictureError(PlumblineError, ValueError):
    """A picture or recording cannot be read or measured."""


class StoreError(PlumblineError, RuntimeError):
    """The outbox cannot be read or written."""


class PublishError(PlumblineError, ConnectionError):
    """The broker cannot be reached; the message stays queued."""


class RingError(PlumblineError, RuntimeError):
    """The vision child and the station do not understand each other."""
