"""From picture files to vectors: walking folders, decoding, embedding."""
