"""History: what happened, in an append-only chain; appliers that make read models of it; proof that nothing changed."""
