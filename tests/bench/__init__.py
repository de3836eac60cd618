"""Figures, printed by `make bench` and written down in docs/benchmarks.md. Nothing is asserted."""
