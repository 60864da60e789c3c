"""What people wear and look like: skin, hair and clothes, all drawn by rule, for any rest body."""
