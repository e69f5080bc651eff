"""The command that makes a lock file and the installed packages follow a manifest. Nothing is run here.

Sources: the manual pages of each program. `composer update NAME` of a name that composer.json does not require any more takes it
out of the lock file and leaves all other versions, as `composer remove` does (composer/composer issue 2946).
"""

from collections.abc import Collection, Mapping

_COMMANDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "npm": (
        ("package-lock.json", "npm install --package-lock-only"),
        ("npm-shrinkwrap.json", "npm install --package-lock-only"),
        ("yarn.lock", "yarn install"),
        ("pnpm-lock.yaml", "pnpm install --lockfile-only"),
        ("bun.lock", "bun install"),
        ("bun.lockb", "bun install"),
        ("deno.lock", "deno install"),
    ),
    "composer": (("composer.lock", "composer update {name}"),),
    "gem": (("gemfile.lock", "bundle lock"), ("gems.locked", "bundle lock")),
    "go": (("go.sum", "go mod tidy"),),
    "nuget": (("packages.lock.json", "dotnet restore --force-evaluate"),),
    "pypi": (
        ("uv.lock", "uv lock"),
        ("poetry.lock", "poetry lock"),
        ("pdm.lock", "pdm lock --update-reuse"),
        ("pipfile.lock", "pipenv lock"),
    ),
}
"""Ecosystem -> lock files, in small letters, each with the command that repairs it."""
_WITHOUT = {
    "npm": "the package manager's install command (npm, yarn or pnpm)",
    "composer": "composer update {name}",
    "gem": "bundle install",
    "go": "go mod tidy",
    "nuget": "dotnet restore",
    "pypi": "the package manager's lock command (uv, poetry, pdm or pipenv), if there is a lock file",
}
"""The same where it is not known which lock file there is."""


_SWITCH_OFF = {
    "wordpress": "before the site runs without it, deactivate the plugin: wp plugin deactivate {slug}",
    "drupal": "before the site runs without it, uninstall the module: drush pmu {slug} -y, then drush config:export -y",
    "typo3": "before the site runs without it, remove the extension from its configuration and templates",
    "composer": "before the site runs without it, switch the module off (Magento: bin/magento module:disable) and clear its caches",
}


def before(platform: str, slug: str) -> str:
    """What is to be done on the site itself when a plugin goes, or ""."""
    return _SWITCH_OFF.get(platform, "").format(slug=slug)


def repair(ecosystem: str, name: str, folder: str, siblings: Collection[str]) -> str:
    """What to run after the package `name` was taken out of a manifest in `folder` (POSIX, "" at the top).

    `siblings` are the names of the files beside the manifest; none if they are not known.
    """
    beside = {sibling.lower() for sibling in siblings}
    known = [command for lock, command in _COMMANDS.get(ecosystem, ()) if lock in beside]
    commands = list(dict.fromkeys(known)) or ([_WITHOUT[ecosystem]] if ecosystem in _WITHOUT else [])
    run = ", ".join(command.format(name=name) for command in commands)
    where = f" in {folder}" if folder else ""
    return f"run {run}{where}, so that the lock file and the installed packages follow" if run else ""
