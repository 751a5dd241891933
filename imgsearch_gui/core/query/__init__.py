"""The language of queries: from what is typed to what is asked."""
