"""Google Tag Manager containers: their formats, what is in them, and where their tags fire."""

VENDOR = "google-tag-manager"
"""Whose findings load containers: the id of its leaflet."""
