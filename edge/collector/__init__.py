"""Floor 9: the other end of the wire, which stores a summary and then says so."""
