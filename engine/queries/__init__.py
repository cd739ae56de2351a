"""Reading: inbox, cases, replay, lists. Every query is scoped to what its actor may see and served by an index."""
