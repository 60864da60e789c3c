"""The truth of a rendered picture: where every point of the body is, and what every measure really is."""
