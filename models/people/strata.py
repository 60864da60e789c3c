"""Which groups a shot belongs to, so that a bench can say for whom it is better or worse."""

from collections.abc import Iterable

from models.people.asset import Description

AGES = ((12, "8-11"), (18, "12-17"), (40, "18-39"), (65, "40-64"))
CURVES_DEG = ((1e-9, "none"), (10.0, "below 10"), (20.0, "10-20"), (40.0, "20-40"))


def age_band(who: Description) -> str:
    """The age band of a body, years."""
    return _band(who.age_years_about, AGES, "65+")


def distance_band(distance_m: float) -> str:
    """How far away the camera stands."""
    return _band(distance_m, ((2.5, "2.0-2.5 m"), (3.0, "2.5-3.0 m"), (3.5, "3.0-3.5 m")), "3.5-4.0 m")


def yaw_band(yaw_deg: float) -> str:
    """How far the person is turned away from the camera's line of sight."""
    return _band(abs(yaw_deg), ((1.0, "below 1°"), (2.5, "1-2.5°")), "2.5-5°")


def curve_band(angles_deg: Iterable[float]) -> str:
    """The largest curve asked for, degrees between its end vertebrae."""
    return _band(max(angles_deg, default=0.0), CURVES_DEG, "above 40")


def _band(value: float, bands: tuple[tuple[float, str], ...], beyond: str) -> str:
    return next((name for below, name in bands if value < below), beyond)
