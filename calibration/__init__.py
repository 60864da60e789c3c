"""The workshop: what is known about lenses and about tensor ranges."""
