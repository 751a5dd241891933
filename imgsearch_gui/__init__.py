"""ImgSearch: find photographs by a sentence, offline."""

__version__ = "0.1.0"
