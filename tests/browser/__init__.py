"""The page in a real browser, against a real server: what people do, as they do it."""
