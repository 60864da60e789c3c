"""How far the station's measures lie from the truth, on rendered people whose truth is known: `plumbline accuracy`."""
