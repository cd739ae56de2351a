"""Promises kept by the running product, over HTTP alone."""
