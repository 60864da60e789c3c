"""How long a window is and how finely it is cut: five seconds at thirty samples a second."""

RATE_HZ = 30
SECONDS = 5
SAMPLES = RATE_HZ * SECONDS
"""Of one window: 150."""
STRIDE = RATE_HZ
"""A new window begins every so many samples: once a second."""
CHAINS = SAMPLES // STRIDE
"""Windows that are open at once."""
LONGEST_GAP_S = 0.2
"""A longer pause between two frames makes every window around it invalid."""
BUCKET_FRAMES = 4
"""Frames one thirtieth of a second may hold: cameras up to 120 Hz."""
