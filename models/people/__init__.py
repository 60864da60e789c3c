"""Rendered people with exact anatomy: bodies, postures, pictures and the truth that belongs to them."""
