"""Training from the window: what there is to train on, the training, and the new matcher beside the old."""
