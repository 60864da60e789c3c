"""Choosing the network that outlines a person."""
