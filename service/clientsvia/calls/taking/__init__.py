"""Taking a message, in conversation or by recording."""
