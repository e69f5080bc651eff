"""Readers: one module per language or format, `read(slice, frame, reading)`; they give evidence and know no vendor."""
