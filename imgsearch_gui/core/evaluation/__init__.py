"""How good a matcher is: figures, baselines, intervals, and the report of them."""
