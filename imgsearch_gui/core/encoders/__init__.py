"""Image and text encoders: frozen networks whose vectors the matcher compares."""
