#!/bin/sh
# The command `wasched` of the image, in whichever folder it is called.
cd /app && exec python -m wasched "$@"
