"""Beside the house: plays the main job on a recording and keeps what a person would have seen."""
