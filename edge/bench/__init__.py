"""Beside the house: measures how well the station works."""
