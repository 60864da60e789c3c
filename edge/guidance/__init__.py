"""Floor 5: what is wrong becomes one sentence that helps."""
