"""Plumbline: a camera station for scoliosis and posture screening. It measures; it never diagnoses."""

import os

__version__ = "0.1.0"

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # else pygame greets on stdout, amid a command's output
