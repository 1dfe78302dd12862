"""The NPCS hub: a partnership's records, its charter as rules, and its site."""

__version__ = "0.1.0"
