#!/usr/bin/env python3
"""Counts the instructions that parsing and writing take, which repeat exactly where times do not.

    test/bench/instructions.py PROGRAM           compares with what is written down, and fails above the tolerance
    test/bench/instructions.py PROGRAM --write   writes down what is counted now

PROGRAM is `coimap`, built by the compiler and with the options that instructions.json names.
"""
import json
import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
noted = here / "instructions.json"
tolerance = 1.05

# What is counted, and how many items one round of it has.
messages = 200
jobs = {
    "framing, a response": (["parse", "mode=framing"], messages),
    "parsing, a message of metadata": (["parse", "mode=typed"], messages),
    "parsing to keep, a message of metadata": (["parse", "mode=kept"], messages),
    "writing, a command": (["write"], 1),
}


def count(program, words, rounds):
    call = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "bench", "as-coimap", *words,
            f"file={here / 'metadata.txt'}", f"count={rounds}"]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", said).group(1))


def main():
    program = sys.argv[1]
    counted = {}
    for name, (words, items) in jobs.items():
        # Twice, so that what starting and ending the program takes falls away.
        few, many = (3, 13) if items > 1 else (100, 1100)
        counted[name] = round((count(program, words, many) - count(program, words, few)) / ((many - few) * items))
    if "--write" in sys.argv:
        noted.write_text(json.dumps({"built": "clang 14, -O1", "instructions": counted}, indent=2) + "\n")
        return 0
    worse = 0
    for name, before in json.loads(noted.read_text())["instructions"].items():
        now = counted[name]
        print(f"{name}: {now} instructions, noted {before}")
        if now > before * tolerance:
            worse += 1
            print(f"  more than {round(100 * (tolerance - 1))} % above: mend it, or note it with --write and say why")
        elif now < before / tolerance:
            print("  less than noted: note it with --write, so that it stays so")
    return 1 if worse else 0


sys.exit(main())
