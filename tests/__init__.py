"""Tests of ImgSearch."""
