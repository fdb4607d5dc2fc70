"""What owners and operators are told of, when, and over which channels."""
