"""Frozen values that cross the layers. Standard library only: the window imports these modules."""
