#!/usr/bin/env python3
"""Counts what meson's tests found: results.py TESTLOG.json prints "PASSED FAILED".

A Boost.Test executable or a Python unittest counts with each of its cases, every other test as one. A program that died before its
report counts as one failure, and so does a log that isn't there.
"""

import json
import re
import sys

CASES = re.compile(r"(\d+) test cases? out of (\d+) (passed|failed|aborted)")
UNITTEST = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
UNITTEST_BAD = re.compile(r"\b(?:failures|errors|unexpected successes)=(\d+)")
GOOD = {"OK", "EXPECTEDFAIL", "SKIP"}


def count(test):
    text = (test.get("stdout") or "") + (test.get("stderr") or "")
    # The report's first lines are the sum over all suites.
    report = {}
    for number, _, kind in CASES.findall(text):
        report.setdefault(kind, int(number))
    good = test["result"] in GOOD
    ran = UNITTEST.search(text)
    if ran:
        bad = sum(map(int, UNITTEST_BAD.findall(text[ran.end() :])))
        report = {"passed": int(ran[1]) - bad, "failed": bad}
    if not report:
        return (1, 0) if good else (0, 1)
    bad = report.get("failed", 0)  # those that were aborted are among them
    if not good and bad == 0:
        bad = 1
    return report.get("passed", 0), bad


def main():
    passed = failed = 0
    try:
        with open(sys.argv[1], encoding="utf-8") as log:
            for line in log:
                good, bad = count(json.loads(line))
                passed += good
                failed += bad
    except FileNotFoundError:
        failed += 1
    print(passed, failed)


if __name__ == "__main__":
    main()
