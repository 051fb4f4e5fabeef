"""What the pages look like is built from the pinned packages, without another's brand."""

import json
from pathlib import Path

import pytest

from api.pages import assets

ROOT = Path(__file__).resolve().parents[2]


def test_the_typeface_of_gov_uk_and_its_pictures_are_taken_out():
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
        '.a{font-family:"GDS Transport",arial,sans-serif}.b{font-family:GDS Transport,arial}'
        ".c{background:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=x.css.map */"
    )
    assert assets.unbranded(css) == (
        ".a{font-family:arial,sans-serif}.b{font-family:arial}.c{background:none}"
    )


def test_a_package_that_is_not_installed_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="make assets"):
        assets.build(tmp_path, tmp_path / "static")


def test_nothing_but_stylesheets_and_scripts_is_built(tmp_path):
    for source in (*assets.STYLESHEETS.values(), *assets.SCRIPTS.values()):
        file = tmp_path / source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("/* text */")
    built = assets.build(tmp_path, tmp_path / "static")
    assert {Path(name).suffix for name in built} == {".css", ".js"}


def test_the_lock_names_packages_by_hash_and_never_where_they_came_from():
    text = (ROOT / "package-lock.json").read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)


def test_versions_are_pinned_exactly():
    package = json.loads((ROOT / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(version[0].isdigit() for version in versions.values()), versions
