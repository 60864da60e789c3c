"""Puts the processes together from their parts: the station here, relay and collector apart, for they see no frame."""
