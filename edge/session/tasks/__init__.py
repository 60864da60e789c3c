"""The optional second part of a session: touch your toes, walk, jump; what they measure and how comfortable it was."""
