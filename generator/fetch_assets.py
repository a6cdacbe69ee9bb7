"""Fetch the browser libraries, fonts and icons with npm, copy the few files needed into the package, and make our scripts small.

Run by `make`; `--dev` also keeps what only the tests need (node_modules/axe-core, node_modules/vnu-jar and others).
The result, generator/tsunagite/assets/, is never committed; every built wheel carries it.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
ASSETS = ROOT / "generator" / "tsunagite" / "assets"
STAMP = "contents.txt"
SMALL = "scripts.json"
"""Our scripts as they are published (tsunagite/site/layout/browser.py), each by the digest of the text from which it was made."""

# The modules of the npm package yaml as browsers load them (browser/dist/*.js), for the web editor.
YAML_MODULES = """
compose/compose-collection compose/compose-doc compose/compose-node compose/compose-scalar compose/composer
compose/resolve-block-map compose/resolve-block-scalar compose/resolve-block-seq compose/resolve-end
compose/resolve-flow-collection compose/resolve-flow-scalar compose/resolve-props compose/util-contains-newline
compose/util-empty-scalar-position compose/util-flow-indent-check compose/util-map-includes doc/Document doc/anchors
doc/applyReviver doc/createNode doc/directives errors index log nodes/Alias nodes/Collection nodes/Node nodes/Pair
nodes/Scalar nodes/YAMLMap nodes/YAMLSeq nodes/addPairToJSMap nodes/identity nodes/toJS parse/cst parse/cst-scalar
parse/cst-stringify parse/cst-visit parse/lexer parse/line-counter parse/parser public-api schema/Schema schema/common/map
schema/common/null schema/common/seq schema/common/string schema/core/bool schema/core/float schema/core/int
schema/core/schema schema/json/schema schema/tags schema/yaml-1.1/binary schema/yaml-1.1/bool schema/yaml-1.1/float
schema/yaml-1.1/int schema/yaml-1.1/merge schema/yaml-1.1/omap schema/yaml-1.1/pairs schema/yaml-1.1/schema
schema/yaml-1.1/set schema/yaml-1.1/timestamp stringify/foldFlowLines stringify/stringify stringify/stringifyCollection
stringify/stringifyComment stringify/stringifyDocument stringify/stringifyNumber stringify/stringifyPair
stringify/stringifyString util visit
"""

# (folder, npm package, {file to write: file in the npm package}, licence texts in the npm packages)
LIBRARIES: tuple[tuple[str, str, dict[str, str], tuple[str, ...]], ...] = (
    (
        "leaflet",
        "leaflet",
        {
            "leaflet.js": "dist/leaflet.js",
            "leaflet.css": "dist/leaflet.css",
            "images/layers.png": "dist/images/layers.png",
            "images/layers-2x.png": "dist/images/layers-2x.png",
            "images/marker-icon.png": "dist/images/marker-icon.png",
            "images/marker-icon-2x.png": "dist/images/marker-icon-2x.png",
            "images/marker-shadow.png": "dist/images/marker-shadow.png",
        },
        ("leaflet/LICENSE",),
    ),
    (
        "supercluster",
        "supercluster",
        {"supercluster.min.js": "dist/supercluster.min.js"},
        ("supercluster/LICENSE", "kdbush/LICENSE"),  # the file has kdbush inside
    ),
    (
        "locatecontrol",
        "leaflet.locatecontrol",
        {
            "L.Control.Locate.min.js": "dist/L.Control.Locate.min.js",
            "L.Control.Locate.min.css": "dist/L.Control.Locate.min.css",
        },
        ("leaflet.locatecontrol/LICENSE.md",),
    ),
    (
        "qrcode",
        "qrcode-generator",
        {"qrcode.js": "dist/qrcode.js"},
        (),  # ships no licence file; its notice is the head of qrcode.js, and MIT_TEXT is the text it names
    ),
    (
        "fonts",
        "@expo-google-fonts/biz-udpgothic",
        {
            "BIZUDPGothic-Regular.ttf": "400Regular/BIZUDPGothic_400Regular.ttf",
            "BIZUDPGothic-Bold.ttf": "700Bold/BIZUDPGothic_700Bold.ttf",
        },
        ("@expo-google-fonts/biz-udpgothic/LICENSE_FONT",),
    ),
    ("icons", "@tabler/icons", {}, ("@tabler/icons/LICENSE",)),
    (
        # The build for bundlers asks no other host for fonts and words, as dist/sveltia-cms.js does. What it loads only for
        # pictures, code, maps and previews stays out: the generated settings have none of them.
        "sveltia",
        "@sveltia/cms",
        {
            "cms/index.js": "npm/index.js",
            "cms/chunks/react-B5rWoXIC.js": "npm/chunks/react-B5rWoXIC.js",
            "cms/assets/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2": "npm/assets/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
            "cms/assets/source-sans-3-latin-wght-normal-BqRLTx4X.woff2": "npm/assets/source-sans-3-latin-wght-normal-BqRLTx4X.woff2",
            "cms/assets/noto-mono-latin-400-normal-DiC8lJru.woff2": "npm/assets/noto-mono-latin-400-normal-DiC8lJru.woff2",
            "locales/ja.json": "locales/ja.json",
        },
        (
            "@sveltia/cms/LICENSE.txt",
            "@sveltia/cms/npm/assets/material-symbols-outlined.LICENSE.txt",
            "@sveltia/cms/npm/assets/source-sans-3.LICENSE.txt",
            "@sveltia/cms/npm/assets/noto-mono.LICENSE.txt",
        ),
    ),
    ("yaml", "yaml", {f"{name}.js": f"browser/dist/{name}.js" for name in YAML_MODULES.split()}, ("yaml/LICENSE",)),
)

# Names of outline icons of @tabler/icons, by what they stand for. A wrong name stops the script.
ICON_NAMES = """
# meals
soup bowl-chopsticks salad coffee tools-kitchen-2
# shopping
shopping-cart basket shopping-bag building-store
# going out
bus bus-stop car walk bike train wheelchair parking
# garbage and housework
trash recycle wash shirt bed
# watching over
eye bell shield home-check
# gathering
users users-group friends message-circle music palette
# exercise and hobbies
stretching yoga run plant
# health
building-hospital stethoscope nurse dental ambulance first-aid-kit emergency-bed pill heartbeat
# money and rights
cash coin-yen building-bank credit-card gavel scale
# the house
home home-heart key bath tools hammer bulb
# family, tired people
heart heart-handshake lifebuoy mood-sad old baby-carriage
# memory, hearing, handwork, phones
brain ear ear-off needle-thread device-mobile
# getting in touch
phone phone-call mail speakerphone volume
# places
map-pin map current-location compass flag route
# time
clock calendar calendar-event history hourglass
# public places
building building-community building-pavilion torii school book books
tree trees pool toilet-paper disabled
# safety
flame fire-extinguisher shield-check urgent
# delivery and work
truck-delivery package briefcase
# things to do
printer share star qrcode download upload copy
link external-link file-text file-spreadsheet clipboard-list
# controls
search menu-2 filter list layout-grid adjustments text-size contrast language language-hiragana settings
chevron-left chevron-right chevron-up chevron-down arrow-left arrow-right arrow-up plus minus x check
# messages
alert-triangle info-circle circle-check help-circle pencil refresh wifi-off user
"""
ICONS = tuple(dict.fromkeys(" ".join(line for line in ICON_NAMES.splitlines() if not line.startswith("#")).split()))

MIT_TEXT = """
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

NO_NPM = """\
npm が使えないため、地図・文字・アイコンの部品を取り込めません。
→ Node.js 18 以上(npm を含む)を入れるか、Python のパッケージを取得できるネットワークで、
  もう一度 make を実行してください。
npm is not available, so the map, font and icon files cannot be fetched.
→ Install Node.js 18 or newer (with npm), or run make again where Python packages can be downloaded."""

NPM_FAILED = """\
npm ci が失敗しました(上の表示が理由です)。ネットワークと npm の設定を確かめ、もう一度 make を実行してください。
npm ci failed for the reason shown above. Check the network and npm's settings, then run make again."""


def find_npm() -> Path:
    """Return an npm: the machine's own, else the one of the pinned Node wheel, installed beside this Python."""
    on_path = shutil.which("npm")
    if on_path and shutil.which("node"):
        return Path(on_path)
    beside = Path(sys.executable).parent / ("npm.exe" if os.name == "nt" else "npm")
    if not beside.exists():
        print("npm がないので Python のパッケージとして入れます / no npm found: installing it as a Python wheel")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements-node.txt"]
        if subprocess.run(pip, cwd=ROOT, check=False).returncode != 0 or not beside.exists():
            sys.exit(NO_NPM)
    return beside


def npm_ci(*, dev: bool) -> None:
    """Install exactly what package-lock.json names into node_modules/."""
    npm = find_npm()
    path = f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(npm), "ci", "--no-progress", "--loglevel=error", *([] if dev else ["--omit=dev"])]
    if subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=False).returncode != 0:
        sys.exit(NPM_FAILED)


def fingerprint() -> str:
    """Return what the assets depend on: this script and the lock."""
    sources = (Path(__file__), Path(__file__).with_name("small_scripts.mjs"), ROOT / "package-lock.json")
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def wanted(files: dict[str, str]) -> dict[str, str]:
    """Return {file to write: file in the npm package} of a library; the icons are named in ICONS."""
    return files or {f"{name}.svg": f"icons/outline/{name}.svg" for name in ICONS}


def our_scripts() -> dict[str, str]:
    """Return the text of each of our scripts by its digest."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ASSETS.parent.glob("*/browser/**/*.js"))]
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}


def make_small(target: Path) -> None:
    """Write SMALL. Raises CalledProcessError where a script is no JavaScript: node says which, and where."""
    npm = find_npm()
    node = shutil.which("node", path=f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}")
    written = dict(sorted(our_scripts().items()))
    command = [str(node), str(Path(__file__).with_name("small_scripts.mjs"))]
    made = subprocess.run(command, input=json.dumps(written), stdout=subprocess.PIPE, encoding="utf-8", check=True)
    (target / SMALL).write_text(made.stdout, encoding="utf-8")


def is_small() -> bool:
    """Tell whether SMALL was made from the scripts as they are now."""
    path = ASSETS / SMALL
    return path.is_file() and json.loads(path.read_text(encoding="utf-8")).keys() == our_scripts().keys()


def missing_files() -> list[str]:
    """Return the files, below generator/tsunagite/assets/, that every built package must have and that are not there."""
    names = [f"{folder}/{name}" for folder, _, files, _ in LIBRARIES for name in (*wanted(files), "LICENSES.txt")]
    return [name for name in (STAMP, SMALL, *names) if not (ASSETS / name).is_file()]


def is_current(*, dev: bool) -> bool:
    """Tell whether nothing needs to be fetched, copied or made."""
    return is_copied(dev=dev) and is_small()


def is_copied(*, dev: bool) -> bool:
    """Tell whether what npm brings lies in its place."""
    if missing_files() or fingerprint() not in (ASSETS / STAMP).read_text(encoding="utf-8"):
        return False
    return not dev or all(
        (MODULES / name / "package.json").exists()
        for name in ("axe-core", "ical.js", "schema-dts", "typescript", "vnu-jar", "@sveltia/cms")
    )


def copy_file(source: Path, target: Path) -> None:
    """Copy one file; scripts and styles lose their pointer to a source map, which is not shipped."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".js", ".css"}:
        text = re.sub(r"(?m)^(//|/\*)# sourceMappingURL=.*\n?", "", source.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def licence_text(package: str, texts: tuple[str, ...]) -> str:
    """Return the licence texts that must travel with the copied files of one npm package."""
    if not texts:
        head = (MODULES / package / "dist/qrcode.js").read_text(encoding="utf-8").partition("\n\n")[0]
        return f"{head}\n{MIT_TEXT}"
    return "\n\n".join(f"{name}\n\n{(MODULES / name).read_text(encoding='utf-8').strip()}\n" for name in texts)


def copy_assets(target: Path) -> None:
    """Write the asset folder: one folder per library with its licence, and a list of contents."""
    contents = ["Written by generator/fetch_assets.py. Folder, npm package, version, licence:"]
    for folder, package, files, texts in LIBRARIES:
        about = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
        for name, source in wanted(files).items():
            copy_file(MODULES / package / source, target / folder / name)
        (target / folder / "LICENSES.txt").write_text(licence_text(package, texts), encoding="utf-8")
        contents.append(f"{folder}  {package}  {about['version']}  {about['license']}")
    contents.append(f"made from: {fingerprint()}")
    (target / STAMP).write_text("\n".join(contents) + "\n", encoding="utf-8")


def main() -> None:
    """Bring generator/tsunagite/assets/ up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also install what only the tests need")
    dev = parser.parse_args().dev
    if is_current(dev=dev):
        return
    if is_copied(dev=dev) and (MODULES / "terser").is_dir():  # only a script of ours has changed
        make_small(ASSETS)
        return
    npm_ci(dev=dev)
    fresh = ASSETS.with_name("assets.new")
    shutil.rmtree(fresh, ignore_errors=True)
    copy_assets(fresh)
    make_small(fresh)
    shutil.rmtree(ASSETS, ignore_errors=True)
    fresh.rename(ASSETS)
    print(f"browser files: {ASSETS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
