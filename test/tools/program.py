"""Running the program under test."""

import json
import subprocess
import sys


def path():
    """The executable: the first argument of the test's own command line."""
    return sys.argv[1]


def run(*words, data=b"", timeout=60, **more):
    return subprocess.run([path(), *words], input=data, capture_output=True, timeout=timeout, **more)


def parse(data, *words):
    """What `coimap parse` makes of the octets: the objects and the exit status."""
    done = run("parse", *words, data=data)
    if done.stderr:
        raise AssertionError(done.stderr.decode())
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def parse_one(data, *words):
    objects, _ = parse(data, *words)
    if len(objects) != 1:
        raise AssertionError(f"{len(objects)} objects for one response: {objects}")
    return objects[0]


def contains(value, expected):
    """Whether all that is expected stands in the value; lists have to be of the same length."""
    if isinstance(expected, dict):
        return isinstance(value, dict) and all(
            key in value and contains(value[key], part) if part is not None or key in value else True
            for key, part in expected.items())
    if isinstance(expected, list):
        return (isinstance(value, list) and len(value) == len(expected)
                and all(contains(a, b) for a, b in zip(value, expected)))
    return value == expected and isinstance(value, bool) == isinstance(expected, bool)
