"""The extractive engine: sentences of the sources, word for word. Offline, no model."""

from .engine import Extractive

__all__ = ["Extractive"]
