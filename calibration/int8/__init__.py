"""Tensor ranges for INT8, kept as numbers."""
