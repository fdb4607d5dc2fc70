"""The HTTP edge for people and for whoever runs the service."""
