"""Floor 3: landmarks become measures of posture and spine."""
