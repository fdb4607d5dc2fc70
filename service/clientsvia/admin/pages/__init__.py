"""The pages people open, one module each."""
