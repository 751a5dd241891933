"""The library: one SQLite file with everything that is kept; ``library`` is its one door."""
