"""The composition root of the window: the one place that makes the application and its services."""
