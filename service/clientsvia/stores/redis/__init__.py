"""What several workers or hosts share through Redis, or Valkey, and go on without."""
