"""Measurements: plain scripts that print JSON, each figure a ratio within one run; not part of the tests."""
