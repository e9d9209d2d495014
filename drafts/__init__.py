"""Documents: a fact sheet through a template into a typed tree, and from there into files."""
