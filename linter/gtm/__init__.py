"""Google Tag Manager containers: their formats, what is in them, and where their tags fire."""
