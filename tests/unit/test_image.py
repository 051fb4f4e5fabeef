"""What goes into the image, and what must not."""

from pathlib import Path, PurePosixPath

import yaml

ROOT = Path(__file__).parents[2]


def ignored(file):
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {line.strip("/") for line in lines if line and not line.startswith("#")}


def mounted():
    """Return every file of the folder that compose hands to a service, secrets among them."""
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    secrets = [one["file"] for one in composed["secrets"].values()]
    volumes = [volume for one in composed["services"].values() for volume in one["volumes"]]
    return {PurePosixPath(name.split(":")[0]).name for name in (*secrets, *volumes) if name.startswith("./")}


def test_no_secret_that_lies_beside_it_goes_into_the_image_or_the_repository():
    assert mounted() >= {"database_password", "pgpass", "authority.yaml"}
    assert mounted() <= ignored(".dockerignore")
    assert mounted() <= ignored(".gitignore")
    assert {".git", "var", "*.pem", "*.db"} <= ignored(".dockerignore")


def test_the_image_has_the_files_that_its_pages_look_like_and_runs_as_nobody_of_note():
    steps = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert steps.index("COPY . .") < steps.index("python -m api.pages.assets") < steps.index("--no-deps .")
    assert "--require-hashes" in steps
    assert steps.index("\nUSER attendance") < steps.index("\nCMD")
