"""What is taken out of a search: its hits as a table, or as copies of the photos."""
