"""The rules of the tree: layers, one public header a module, foreign headers seen by one module,
banned functions, names at the top. Called with the tree's folder; prints each breach, exits 1."""

import pathlib
import re
import sys

# What a module may include of ours, besides itself. Arrows point down only.
L1 = {"base", "letter", "seal", "registry", "route", "conf", "log", "metrics"}
L2 = {"bus", "store", "http", "mime", "gateway", "vault"}
MAY_INCLUDE = {
    "base": set(),
    "conf": {"base"},
    "log": {"base"},
    "metrics": {"base"},
    "letter": {"base"},
    "seal": {"base", "letter"},
    "registry": {"base", "letter"},
    "route": {"base", "letter", "registry"},
    **{module: L1 - {"log"} for module in L2},
    "daemon": L1,
    "dpost": (L1 - {"log"}) | L2,
    "jmap": (L1 - {"log"}) | L2,
}

# Third-party headers and the only module that sees each.
FOREIGN = {
    r"librdkafka/": {"bus"},
    r"libpq-fe|postgres": {"store"},
    r"event2/|evhttp|event\.h": {"http"},
    r"openssl/": {"seal", "http"},
    r"sodium": {"seal"},
    r"yaml\.h": {"conf"},
    r"protobuf-c/|\.pb-c\.h": {"letter"},
    r"gmime": {"mime"},
    r"jansson": {"jmap"},
    r"curl/": {"gateway"},
}

BANNED = ("strcpy strcat sprintf vsprintf sscanf strtok atoi atol localtime system popen alloca "
          "gets rand srand").split()
BANNED_CALL = re.compile(r"(?<![\w.>])(" + "|".join(BANNED) + r")\s*\(")
IN_LIB_ONLY = re.compile(r"(?<![\w.>])(exit|_exit|quick_exit|perror|printf)\s*\(")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

TOP = {"cmd", "lib", "proto", "deploy", "schemas", "tests", "CMakeLists.txt", "docker-compose.yml",
       "README.md", "CMakePresets.json", "LICENSE", "SECURITY.md"}


def bare(text):
    """The text without comments and strings, lines kept."""
    return NOT_CODE.sub(lambda m: "\n" * m.group().count("\n") + " ", text)


def lines_of(pattern, text):
    for match in pattern.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group(1)


def check_top(root):
    for path in sorted(root.iterdir()):
        if path.name not in TOP and not path.name.startswith("."):
            yield f"{path.name}: does not belong at the top of the tree"


def check_headers(root):
    for folder in sorted(p for p in (root / "lib").glob("*") if p.is_dir()):
        public = sorted(p.name for p in folder.glob("*.h") if not p.stem.endswith("_private"))
        if any(folder.iterdir()) and public != [folder.name + ".h"]:
            yield f"lib/{folder.name}: its public headers are {public}, not one {folder.name}.h"
        if folder.name not in MAY_INCLUDE:
            yield f"lib/{folder.name}: not a module that the layers know"


def check_includes(root, path, module, text):
    where = path.relative_to(root)
    for line, name in lines_of(INCLUDE, text):
        ours = name.removesuffix(".h").removesuffix("_private")
        if module and ours in MAY_INCLUDE and ours != module:
            if ours not in MAY_INCLUDE.get(module, set()):
                yield f"{where}:{line}: {module} may not include {name}"
            elif name.endswith("_private.h"):
                yield f"{where}:{line}: {name} is private to lib/{ours}"
        for pattern, seen_by in FOREIGN.items():
            if re.search(pattern, name) and module not in seen_by:
                yield f"{where}:{line}: only {'/'.join(sorted(seen_by))} may include {name}"


def check_code(root, path, module, text):
    where = path.relative_to(root)
    code = bare(text)
    for line, name in lines_of(BANNED_CALL, code):
        yield f"{where}:{line}: {name}() is banned"
    for line, name in lines_of(UNFINISHED, text):
        yield f"{where}:{line}: {name}: finish it or take it out"
    if module and module != "daemon":
        for line, name in lines_of(IN_LIB_ONLY, code):
            yield f"{where}:{line}: {name}() has no place in a library module"


def breaches(root):
    root = pathlib.Path(root).resolve()
    yield from check_top(root)
    yield from check_headers(root)
    for top in ("lib", "cmd"):
        for path in sorted((root / top).rglob("*.[ch]")):
            text = path.read_text(encoding="utf-8")
            module = path.relative_to(root).parts[1] if top == "lib" else None
            yield from check_includes(root, path, module, text)
            yield from check_code(root, path, module, text)


def main():
    found = list(breaches(sys.argv[1]))
    for breach in found:
        print(breach)
    print(f"lint: {len(found)} breaches")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
