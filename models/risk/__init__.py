"""The movement network: motion with known faults, what trains on it, and what is measured of it."""
