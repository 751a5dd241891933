"""QtCore and QImage, no widgets: runs the core's work off the GUI thread."""
