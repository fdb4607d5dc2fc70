"""Passing a call to people: whom it rings, what they hear, and what follows."""
