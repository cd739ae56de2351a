"""People: sign-in, passwords, sessions, tokens, and what an actor may do."""
