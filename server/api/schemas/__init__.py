"""Shapes of what comes in and goes out. They check shape, never the world: no table, no database."""
