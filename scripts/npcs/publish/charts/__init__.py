"""Drawings made at build, without any script."""
