#!/usr/bin/env python3
"""One room, one subject: a file of more than 400 lines is named, one of more than 700 fails."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMED, TOO_LONG = 400, 700


def main():
    files = [f for place in ("lib", "tools", "test") for f in sorted((ROOT / place).rglob("*"))]
    files = [f for f in files if f.is_file() and (f.suffix in (".hpp", ".cpp", ".py", ".sh") or f.parent.name == "tools")]
    worst = 0
    for file in files:
        with file.open(encoding="utf-8", errors="replace") as text:
            lines = sum(1 for _ in text)
        worst = max(worst, lines)
        if lines > NAMED:
            print(f"{file.relative_to(ROOT)}: {lines} lines" + (": too long" if lines > TOO_LONG else ""))
    print(f"size: {len(files)} files, the longest has {worst} lines")
    return 1 if worst > TOO_LONG else 0


if __name__ == "__main__":
    sys.exit(main())
