"""How a reply leaves the service: TwiML today."""
