"""The content rule: what must not be shown, and the words by which that is told."""
