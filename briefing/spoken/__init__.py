"""Words in quotation marks, held against a source, and whom a text gives them to."""
