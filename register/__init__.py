"""Looking at the whole register: the desk, lists and searches."""
