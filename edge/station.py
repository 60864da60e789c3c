"""The station process."""
