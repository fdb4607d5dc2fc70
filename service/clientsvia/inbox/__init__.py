"""The message box of each company: what callers left, and what became of it."""
