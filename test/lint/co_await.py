#!/usr/bin/env python3
"""Finds the co_await expressions that g++ 12 miscompiles: it destroys some temporaries twice.

    co_await.py [--jobs N]     looks at every file of lib, tools and test that has a co_await
    co_await.py --probes       proves on probes/ that each trap is found and that safe code isn't accused

A finding is mended by giving the closure, list or aggregate a name in a statement before. The patterns stand in
co_await.query.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FLAGS = [
    "-std=c++20",
    "-fsyntax-only",
    "-w",
    f"-I{ROOT}/lib",
    f"-I{ROOT}/test",
    f"-I{ROOT}/tools",
    f"-I{ROOT}",
    f"-I{HERE}/probes",
    "-DASIO_STANDALONE",
    "-DASIO_SEPARATE_COMPILATION",
    "-DASIO_NO_DEPRECATED",
    # Asio before 1.26 doesn't see that clang has coroutines.
    "-DASIO_HAS_CO_AWAIT=1",
    "-DASIO_HAS_STD_COROUTINE=1",
    "-DBOOST_TEST_DYN_LINK",
]
WHY = {
    "closure": "a closure with captures that must be destroyed: give it a name before",
    "braced-list": "a braced list: make a named container before",
    "aggregate": "an aggregate that must be destroyed: give it a name before, or its type a constructor",
    "conditional": "a conditional operator with a class type: write if and else",
    "braces": "co_await within braces: give its result a name before",
}
FINDING = re.compile(r'^(.+?):(\d+):\d+: note: "([a-z-]+)" binds here')


def clang_query():
    for name in ("clang-query-14", "clang-query"):
        if shutil.which(name):
            return name
    sys.exit("co_await: clang-query-14 is missing (Debian: clang-tools-14)")


def query(source, files):
    """Findings as (file, line, kind), and the errors that kept clang from reading all of the source."""
    script = (HERE / "co_await.query").read_text().replace("FILES", files)
    with tempfile.NamedTemporaryFile("w", suffix=".query") as commands:
        commands.write(script)
        commands.flush()
        # Headers are read as if they were sources.
        done = subprocess.run(
            [clang_query(), "-f", commands.name, str(source), "--", "-xc++", *FLAGS],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
    lines = (done.stdout + done.stderr).splitlines()
    found = set()
    for match in filter(None, map(FINDING.match, lines)):
        if match[3] in WHY:
            found.add((os.path.realpath(match[1]), int(match[2]), match[3]))
    errors = [line for line in lines if ": error: " in line or "error:" == line[:6] or "Error " in line[:6]]
    if done.returncode != 0 and not errors:
        errors = lines[-3:]
    return found, errors


def interesting(path):
    return path.suffix in (".cpp", ".hpp") and "co_await" in path.read_text(encoding="utf-8", errors="replace")


def lint(jobs):
    places = [ROOT / "lib/coimap", ROOT / "tools", ROOT / "test"]
    files = [f for place in places for f in sorted(place.rglob("*")) if f.is_file() and HERE not in f.parents]
    files = [f for f in files if interesting(f)]
    found = set()
    broken = False
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for source, (findings, errors) in zip(files, pool.map(lambda f: query(f, f"^{ROOT}/(lib|tools|test)/"), files)):
            found |= findings
            if errors:
                broken = True
                print(f"{source.relative_to(ROOT)}: clang cannot read it, so it was not looked at:")
                print("\n".join(f"    {line}" for line in errors[:5]))
    for path, line, kind in sorted(found):
        print(f"{os.path.relpath(path, ROOT)}:{line}: {WHY[kind]}")
    print(f"co_await: {len(files)} files, {len(found)} traps of g++ 12")
    return 1 if found or broken else 0


def probes():
    sources = sorted((HERE / "probes").glob("*.cpp"))
    expected = {
        (str(source), number)
        for source in sources
        for number, line in enumerate(source.read_text().splitlines(), 1)
        if line.endswith("// trap")
    }
    # All in one translation unit, each in a namespace of its own: Asio is read only once.
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as together:
        together.write('#include "probe.hpp"\n')
        for source in sources:
            together.write(f'namespace {source.stem} {{\n#include "{source}"\n}}\n')
        together.flush()
        found, errors = query(together.name, f"^{HERE}/probes/")
    seen = {(path, line) for path, line, _ in found}
    for path, line in sorted(expected - seen):
        print(f"{path}:{line}: this trap is not found")
    for path, line in sorted(seen - expected):
        print(f"{path}:{line}: this is safe, but is accused")
    print("\n".join(errors))
    print(f"co_await: {len(expected)} probes, {len(expected ^ seen)} wrong answers")
    return 1 if errors or expected != seen or not expected else 0


if __name__ == "__main__":
    if "--probes" in sys.argv:
        sys.exit(probes())
    count = int(sys.argv[sys.argv.index("--jobs") + 1]) if "--jobs" in sys.argv else os.cpu_count() or 1
    sys.exit(lint(count))
