"""Measurements, which the suite does not collect: each prints JSON, with ratios within one run."""
