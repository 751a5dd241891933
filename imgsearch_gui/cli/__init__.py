"""The command line: the window's front door, and the same core without a screen."""
