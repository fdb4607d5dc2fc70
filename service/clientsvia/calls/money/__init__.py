"""What companies spend on providers, what of it is wasted, and what failed."""
