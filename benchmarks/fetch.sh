#!/usr/bin/env bash
# Lays out what bench.py measures on: Debian's wordpress and phpmyadmin packages (about 4,000 files of PHP, JavaScript,
# HTML, CSS and JSON), and ripgrep where it is not installed. Needs Debian or a relative of it; installs nothing.
set -euo pipefail

trees=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/trees
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT

names=(wordpress phpmyadmin)
command -v rg >/dev/null || names+=(ripgrep)
(cd "$packages" && apt-get -q -o APT::Sandbox::User=root download "${names[@]}")

mkdir -p "$trees/site" "$trees/tools"
for package in "$packages"/*.deb; do
  case "$(basename "$package")" in
    ripgrep_*) dpkg-deb -x "$package" "$trees/tools" ;;
    *) dpkg-deb -x "$package" "$trees/site" ;;
  esac
done
printf '%s files in %s\n' "$(find "$trees/site" -type f | wc -l)" "$trees/site"
