"""The generated parts of the documentation site: pages and tables made from the leaflets, the schema, the command line and the files.

`docs.generator.site` is the way in; `docs/hooks.py` hands its pages to MkDocs. Nothing here is part of the package.
"""
