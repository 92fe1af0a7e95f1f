#!/usr/bin/env python3
"""The code on the README's first page is the one that the example quick_start compiles and the tests run."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
readme = (root / "README.md").read_text()
example = (root / "test/examples/quick_start.cpp").read_text()

shown = re.search(r"```cpp\n(.*?)```", readme, re.S)
built = re.search(r"// README: begin\n(.*?)// README: end", example, re.S)
if shown is None or built is None:
    sys.exit("README.md has no C++ block, or quick_start.cpp no part for it")
if shown.group(1).strip() != built.group(1).strip():
    sys.exit("README.md and test/examples/quick_start.cpp show different code")
print("1 passed")
