"""The window that trains a matcher, and what it draws."""
