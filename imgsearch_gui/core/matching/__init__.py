"""The matcher: what it is made of, how it is trained and how it is kept in a file."""
