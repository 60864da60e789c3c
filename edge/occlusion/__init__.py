"""Floor 2: hidden joints are recovered, and marked as recovered."""
