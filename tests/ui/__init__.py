"""Tests that drive the real window, with a fake engine."""
