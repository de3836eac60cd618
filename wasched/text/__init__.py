"""Words of what the domain and the services say by codes; made at the doors, for a reader."""
