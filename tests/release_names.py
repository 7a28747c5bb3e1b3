"""Compares the names of a release's archives: release_names.py WEEKNOTE_LINT FOLDER.

release.yml builds for its targets, release/archive.sh names what is built, action/install.sh downloads it, and so does
cargo-binstall by the metadata in Cargo.toml.
"""

import hashlib
import itertools
import pathlib
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile

import ruamel.yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
program, folder = sys.argv[1:]

workflow = ruamel.yaml.YAML().load(ROOT / ".github/workflows/release.yml")
targets = {row["target"] for row in workflow["jobs"]["build"]["strategy"]["matrix"]["include"]}

script = (ROOT / "action/install.sh").read_text()
named = re.findall(r"^ +\w+-\w+\) echo \"?([\w$-]+)\"? ;;$", script, re.MULTILINE)
wanted = {name.replace("$libc", libc) for name, libc in itertools.product(named, ["gnu", "musl"])}
assert wanted == targets, f"action/install.sh downloads {sorted(wanted)}, release.yml builds {sorted(targets)}"
suffixes = dict(re.findall(r"^ +(\w+|\*)\) archive=\$name(\.\S+) ;;$", script, re.MULTILINE))
assert 'name=weeknote-lint-v$1-$name' in script, "action/install.sh names archives in another way"

package = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]
binstall = package["metadata"]["binstall"]
assert set(binstall["overrides"]) <= targets, "an override is for no target of release.yml"
for target in sorted(targets):
    command = [ROOT / "release/archive.sh", target, program, folder]
    archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    windows = "windows" in target
    assert archive == f"weeknote-lint-v{package['version']}-{target}{suffixes['Windows' if windows else '*']}", archive

    values = {"repo": package["repository"], "name": package["name"], "version": package["version"]}
    values |= {"target": target, "bin": "weeknote-lint", "binary-ext": ""}
    rendered = {}
    for key, text in (binstall | binstall["overrides"].get(target, {})).items():
        if isinstance(text, str):
            rendered[key] = re.sub(r"\{ ([\w-]+) \}", lambda match: values[match[1]], text)
    expected = f"{package['repository']}/releases/download/v{package['version']}/{archive}"
    assert rendered["pkg-url"] == expected, f"cargo-binstall downloads {rendered['pkg-url']}, not {expected}"

    path = pathlib.Path(folder, archive)
    if rendered["pkg-fmt"] == "zip":
        members = zipfile.ZipFile(path).namelist()
    else:
        members = tarfile.open(path, "r:gz").getnames()
    assert rendered["bin-dir"] in members, f"{archive} has no {rendered['bin-dir']}"

    checksum, name = pathlib.Path(folder, f"{archive}.sha256").read_text().split()
    assert (checksum, name) == (hashlib.sha256(path.read_bytes()).hexdigest(), archive), f"{archive}.sha256"
print(f"{len(targets)} targets")
