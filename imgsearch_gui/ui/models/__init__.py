"""The list of the models that searches can use."""
