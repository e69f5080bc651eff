"""Plans: the whole way out for each installation, in order; what pixellint does itself, and what a person must do.

The ways out are data: `rules/site/ways-out*.toml`. `build.plans` puts them together with the findings of a run and with what lies in
the repository; `text`, `markdown` and `document` write them.
"""
