"""Widgets only: a view never computes, a service never draws."""
