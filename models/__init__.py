"""The workshop: every network is built, quantised, verified and described here."""
