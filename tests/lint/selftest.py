"""Plants one breach at a time into a small good tree; a rule that stays silent fails the test."""

import pathlib
import sys
import tempfile

import lint

GOOD = {
    "README.md": "",
    "lib/base/base.h": "#include <stdio.h>\n",
    "lib/base/err.c": '#include "base.h"\n/* sprintf() here and "atoi(" there are only words */\n',
    "lib/letter/letter.h": '#include "base.h"\n',
    "lib/letter/wire_private.h": "#include <protobuf-c/protobuf-c.h>\n",
    "cmd/dpost/main.c": '#include "base.h"\nint main(void) { printf("x"); return 0; }\n',
}

PLANTED = [
    ("a stray file at the top", {"notes.txt": ""}, "does not belong"),
    ("a second public header", {"lib/base/more.h": ""}, "public headers are"),
    ("an unknown module", {"lib/util/util.h": ""}, "layers know"),
    ("an arrow that points up", {"lib/base/up.c": '#include "letter.h"\n'}, "may not include"),
    ("L2 beside L2", {"lib/bus/bus.h": "", "lib/bus/b.c": '#include "store.h"\n'},
     "may not include"),
    ("a foreign private header", {"lib/seal/seal.h": '#include "letter_private.h"\n'}, "private to"),
    ("a foreign library", {"lib/letter/k.c": "#include <librdkafka/rdkafka.h>\n"}, "only bus may"),
    ("a foreign library in a program", {"cmd/dpost/q.c": "#include <libpq-fe.h>\n"},
     "only store may"),
    ("a banned function", {"lib/base/b.c": "int f(char *s) { return atoi (s); }\n"}, "is banned"),
    ("exit in a library", {"lib/base/x.c": "void f(void) { exit(1); }\n"}, "no place"),
    ("something unfinished", {"cmd/dpost/u.c": "/* TO" "DO later */\n"}, "finish it"),
]


def found_in(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return list(lint.breaches(folder))


def main():
    failed = 0
    clean = found_in(GOOD)
    if clean:
        print("selftest: the good tree is refused:", clean)
        failed += 1
    for what, files, expected in PLANTED:
        found = found_in({**GOOD, **files})
        if not any(expected in breach for breach in found):
            print(f"selftest: not noticed: {what}: {found}")
            failed += 1
    print(f"selftest: {len(PLANTED) + 1 - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
