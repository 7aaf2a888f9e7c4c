"""Results as text and Markdown."""
