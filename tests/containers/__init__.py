"""The containers: what `docker compose up -d --build` makes of a fresh clone, on a real engine."""
