"""The documentation site: its pages, and what makes the rest of them. No part of the package."""
