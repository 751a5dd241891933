"""The product without a screen: nothing below here imports Qt."""
