"""Papers: templates and what is rendered from them, numbers, drafts of a text, seals."""
