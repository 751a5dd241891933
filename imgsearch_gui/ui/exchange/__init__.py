"""Agreement of raters, and the export and import of ratings."""
