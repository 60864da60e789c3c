"""Lens, level and scale (the calibration issue fills it)."""
