"""What somebody who runs the server does in its shell; `make smoke`."""
