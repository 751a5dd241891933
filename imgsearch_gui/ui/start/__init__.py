"""What an empty window offers."""
