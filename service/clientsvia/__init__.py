"""ClientsVia answers the phone for many small companies."""
