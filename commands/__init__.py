"""The command line: one module per noun and one for the verbs; they parse, call and print."""
