"""The query: what is typed, dropped and pasted, and how the answer is to be ordered."""
