"""The sources of the documents: one folder a kind, one file a language."""
