"""What every page and JSON route rests on: who asks, how pages look, how errors are told."""
