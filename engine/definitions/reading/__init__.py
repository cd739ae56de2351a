"""From XML elements to the model, one module a subject. Nothing here judges a file beyond what it must to read it."""
