"""The window of settings, built from their schema, and the editor of the content rule."""
