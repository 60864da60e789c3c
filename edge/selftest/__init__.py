"""Do the networks still see what is there? Rendered people of known posture, looked at when the station starts."""
