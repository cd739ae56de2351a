"""Processes killed at random moments: what was acknowledged is there, once."""
