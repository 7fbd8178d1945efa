"""The papers tell the truth: every setting, command, link, word and path that they name exists, and none is left out."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
SRC = CHECKOUT / "src/egide"
ROOT_PAPERS = ("README", "ARCHITECTURE", "GLOSSARY", "CONTRIBUTING", "SECURITY", "CHANGELOG")
PAPERS = sorted(
    [CHECKOUT / f"{name}.md" for name in ROOT_PAPERS]
    + [*(CHECKOUT / "docs").rglob("*.md"), *(CHECKOUT / "catalogue").glob("*.md"), *(CHECKOUT / "bench").glob("*.md")]
)
BY_NAME = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(CHECKOUT)))


def _prose(paper: Path) -> str:
    """The text without its blocks of code."""
    return re.sub(r"```.*?```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL)


def _anchors(paper: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", paper.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@BY_NAME
def test_every_relative_link_resolves(paper):
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(paper)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        aimed = (paper.parent / path).resolve() if path else paper
        assert aimed.exists(), f"{paper.name} links to {target}, which does not exist"
        assert not anchor or anchor in _anchors(aimed), f"{paper.name} links to {target}: no such heading"


@BY_NAME
def test_every_path_named_in_the_papers_exists(paper):
    tops = ("src/", "catalogue/", "docs/", "tests/", "bench/", "requirements/")
    rooms = tuple(f"{folder.name}/" for folder in SRC.iterdir() if folder.is_dir())
    for named in re.findall(r"`([\w./-]+)`", _prose(paper)):
        if named.startswith(tops):
            assert (CHECKOUT / named).exists(), f"{paper.name} names {named}, which does not exist"
        elif named.startswith(rooms):
            assert (SRC / named).exists(), f"{paper.name} names {named}, which is not in src/egide"


@BY_NAME
def test_every_module_named_alone_in_the_papers_exists(paper):
    known = {path.name for folder in ("src", "tests", "bench") for path in (CHECKOUT / folder).rglob("*.py")}
    known.add("conftest.py")
    for named in re.findall(r"`(\w+\.py)\b", _prose(paper)):
        assert named in known, f"{paper.name} names {named}, which does not exist"


def _settings_read() -> set[str]:
    sources = [*SRC.rglob("*.py"), CHECKOUT / "conftest.py"]
    code = "".join(path.read_text(encoding="utf-8") for path in sources if "tests" not in path.parts)
    made = {f"EGIDE_{name.upper()}" for name in re.findall(r'installation_key\("(\w+)"', code)}
    return set(re.findall(r'environ(?:\.get\(|\[|\.setdefault\()"(EGIDE_\w+)"', code)) | made


def test_every_setting_that_is_read_is_in_the_reference_and_none_that_is_not():
    page = (CHECKOUT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(EGIDE_\w+)`", page, flags=re.MULTILINE)) == _settings_read()


def test_every_setting_that_a_paper_names_exists():
    known = _settings_read()
    for paper in PAPERS:
        for named in re.findall(r"EGIDE_[A-Z_]+[A-Z]", paper.read_text(encoding="utf-8")):
            assert named in known, f"{paper.name} names {named}, which nothing reads"


def test_every_command_is_in_the_reference_and_none_that_is_not():
    commands = {path.stem for path in (SRC / "jobs/management/commands").glob("*.py")} - {"__init__"}
    page = (CHECKOUT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `egide (\w+)", page, flags=re.MULTILINE)) == commands


@BY_NAME
def test_every_command_that_a_paper_names_exists(paper):
    known = {path.stem for path in (SRC / "jobs/management/commands").glob("*.py")} | {"migrate", "collectstatic"}
    text = paper.read_text(encoding="utf-8")
    for named in re.findall(r"(?:`|bin/)egide (\w+)", text):
        assert named in known, f"{paper.name} names `egide {named}`, which does not exist"


@BY_NAME
def test_every_make_target_that_a_paper_names_exists(paper):
    targets = re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for named in re.findall(r"(?:`|^)make ([a-z]+)", paper.read_text(encoding="utf-8"), flags=re.MULTILINE):
        assert named in targets, f"{paper.name} names `make {named}`, which the Makefile does not have"


def test_every_word_of_the_glossary_is_in_the_code():
    code = "".join(path.read_text(encoding="utf-8") for path in SRC.rglob("*.py"))
    code += "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "catalogue").rglob("*.yaml"))
    rows = re.findall(r"^\| (`[^|]+) \|", (CHECKOUT / "GLOSSARY.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    words = [word for row in rows for word in re.findall(r"`(\w+)`", row)]
    assert len(words) > 40
    assert [word for word in words if not re.search(rf"\b{word}\b", code)] == []


def _committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=CHECKOUT, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("this copy of the sources is not a git checkout")
    paths = [CHECKOUT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file()]


def test_no_committed_file_names_the_host_of_a_package_registry():
    hosts = [".".join(parts) for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("crates", "io"), ("anaconda", "org"), ("rubygems", "org"), ("proxy", "golang", "org"),
    )]  # fmt: skip
    for path in _committed():
        content = path.read_bytes()
        for host in hosts:
            assert host.encode() not in content, f"{path.relative_to(CHECKOUT)} names the registry {host}"


def test_the_locks_hold_hashes_and_no_address():
    for lock in (CHECKOUT / "requirements").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        packages = re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?)==", text, flags=re.MULTILINE)
        assert packages, f"{lock.name} names no package"
        assert text.count("--hash=sha256:") >= len(packages)


def test_publiccode_has_what_its_standard_asks_for():
    paper = yaml.safe_load((CHECKOUT / "publiccode.yml").read_text(encoding="utf-8"))
    needed = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert needed <= paper.keys()
    assert paper["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    for words in paper["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]
    assert paper["legal"]["license"] == "MIT"
    assert paper["maintenance"]["contacts"][0]["name"]
    assert set(paper["localisation"]["availableLanguages"]) == set(paper["description"]) == {"fr", "en"}


def test_the_version_is_the_same_everywhere():
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"', project, flags=re.MULTILINE).group(1)
    public = yaml.safe_load((CHECKOUT / "publiccode.yml").read_text(encoding="utf-8"))["softwareVersion"]
    changes = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## (\d\S*?),? ", changes, flags=re.MULTILINE).group(1)
    assert version == public == latest


def test_every_decision_is_listed():
    folder = CHECKOUT / "docs/adr"
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in folder.glob("0*.md"))
