"""Dataset folders: strict reading of their files, and the targets that people's labels make."""
