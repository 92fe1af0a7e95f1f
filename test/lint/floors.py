#!/usr/bin/env python3
"""A floor includes only what lies below it.

Reads the #include lines of lib and tools and fails on each that runs upward, that brings I/O, a clock or
Boost below the I/O line, or that costs every user of a header too much to compile.
"""

import pathlib
import re
import sys

FLOORS = ["core", "model", "wire", "sasl", "session", "net", "client", "account", "tools"]
IO_LINE = FLOORS.index("net")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
CLOCK = re.compile(r"\b(?:\w+_clock::now|std::time|::time|clock_gettime|gettimeofday|localtime)\s*\(")

# Below the I/O line everything is a pure function of its input.
IMPURE = re.compile(
    r"^(asio|boost|openssl|sys|netinet|arpa)(/|\.hpp)"
    r"|^(iostream|fstream|thread|mutex|shared_mutex|condition_variable|future|semaphore|filesystem|random|csignal"
    r"|unistd\.h|poll\.h|fcntl\.h|pthread\.h)$"
)
# Nowhere: <regex> is slow and recurses without bound; the umbrella headers of Asio cost seconds a file.
NOWHERE = {
    "regex": "std::regex recurses on its input",
    "asio.hpp": "include the single headers of Asio that are needed",
    "asio/ssl.hpp": "include the single headers of Asio that are needed",
}


def floor_of(parts):
    """The floor that a path below lib/coimap, or tools, belongs to; None for the umbrella headers."""
    if parts[0] == "tools":
        return FLOORS.index("tools")
    if parts[:2] == ("lib", "coimap") and len(parts) > 3:
        return FLOORS.index(parts[2]) if parts[2] in FLOORS else -1
    return None


def check(path, relative):
    parts = relative.parts
    here = floor_of(parts)
    if here == -1:
        yield 1, f"{parts[2]} is no floor: {', '.join(FLOORS)}"
        return
    header = path.suffix == ".hpp"
    library = parts[0] == "lib"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if library and here is not None and here < IO_LINE and CLOCK.search(line):
            yield number, "below the I/O line time comes in as a value; nobody asks a clock"
        match = INCLUDE.match(line)
        if not match:
            continue
        bracket, name = match.groups()
        if name in NOWHERE:
            yield number, f"{name}: {NOWHERE[name]}"
        if header and library and name.startswith("range/"):
            yield number, f"{name}: range-v3 costs a second a file, so it stays out of headers"
        if name == "coimap.hpp" or name == "coimap/coimap.hpp":
            if library:
                yield number, "the umbrella header is for users of the library"
            continue
        if here is None:
            continue
        if library and here < IO_LINE and IMPURE.search(name):
            yield number, f"{name}: no I/O, no clock and no threads below the I/O line"
        if name.startswith("coimap/"):
            there = floor_of(("lib",) + tuple(name.split("/")))
            if there is not None and there > here:
                yield number, f"{name}: {FLOORS[here]} lies below {FLOORS[there]}"
        elif library and bracket == '"':
            yield number, f'{name}: write the whole path, "coimap/..."'


def sources(root):
    for folder in ("lib", "tools"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".hpp", ".cpp") and path.is_file():
                yield path


def lint(root):
    found = []
    count = 0
    for path in sources(root):
        count += 1
        relative = path.relative_to(root)
        found += [f"{relative}:{number}: {what}" for number, what in check(path, relative)]
    return count, found


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    count, found = lint(root)
    for line in found:
        print(line)
    print(f"floors: {count} files, {len(found)} includes that must not be")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
