"""Recent folders and searches, and saved searches."""
