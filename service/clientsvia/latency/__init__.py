"""Where a turn's time goes."""
