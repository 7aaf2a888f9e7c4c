"""The engine for OpenAI and every server that speaks its protocol."""

from .engine import OpenAI as OpenAI
from .engine import configured as configured
