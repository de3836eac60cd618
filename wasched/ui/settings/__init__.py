"""Settings: oneself, the people here, and the server."""
