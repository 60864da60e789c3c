"""Plumbline: a camera station for scoliosis and posture screening. It measures; it never diagnoses."""

__version__ = "0.1.0"
