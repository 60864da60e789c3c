"""Measuring the pose: against the reference runtimes, INT8 against float, and how fast."""
