"""A software renderer: people in rooms, pictures with the truth about every pixel, the same bytes for the same seed."""
