#!/usr/bin/env python3
"""Every header compiles alone.

A source file that includes its own header first proves it for that header, at no cost: so that is demanded.
The headers without a source file are handed to the compiler one by one.

    headers.py [--jobs N] [COMPILER...]
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = [
    "-std=c++20",
    "-Wall",
    "-Wextra",
    "-Werror",
    f"-I{ROOT}/lib",
    f"-I{ROOT}/test",
    f"-I{ROOT}/tools",
    f"-I{ROOT}",
    "-DASIO_STANDALONE",
    "-DASIO_SEPARATE_COMPILATION",
    "-DASIO_NO_DEPRECATED",
]
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def include_name(header):
    return str(header.relative_to(ROOT / ("lib" if header.is_relative_to(ROOT / "lib") else "test")))


def first_include(source):
    match = INCLUDE.search(source.read_text(encoding="utf-8"))
    return match[1] if match else None


def compiles_alone(compiler, header):
    done = subprocess.run(
        [*compiler, *FLAGS, "-fsyntax-only", "-xc++", "-"],
        input=f'#include "{include_name(header)}"\n#include "{include_name(header)}"\n',
        capture_output=True,
        text=True,
    )
    return header, done.stderr if done.returncode != 0 else ""


def main():
    arguments = sys.argv[1:]
    jobs = os.cpu_count() or 1
    if arguments[:1] == ["--jobs"]:
        jobs = int(arguments[1])
        arguments = arguments[2:]
    compiler = arguments or ["g++"]

    bad = 0
    alone = []
    headers = sorted([*(ROOT / "lib").rglob("*.hpp"), *(ROOT / "test/support").rglob("*.hpp")])
    for header in headers:
        source = header.with_suffix(".cpp")
        if not source.exists():
            alone.append(header)
        elif first_include(source) != include_name(header):
            bad += 1
            print(f'{source.relative_to(ROOT)}: its first #include is not "{include_name(header)}"')
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for header, errors in pool.map(lambda h: compiles_alone(compiler, h), alone):
            if errors:
                bad += 1
                print(f"{header.relative_to(ROOT)} doesn't compile alone:\n{errors[:1500]}")
    print(f"headers: {len(headers)} headers, {len(alone)} compiled alone, {bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
