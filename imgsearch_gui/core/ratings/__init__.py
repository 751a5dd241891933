"""People's ratings of pairs of query and picture: what to judge next, agreement, export and import."""
