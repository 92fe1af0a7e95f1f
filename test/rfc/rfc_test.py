#!/usr/bin/env python3
"""Every example of a server's line in the RFCs of the base protocol is read, and read right.

Usage: rfc_test.py COIMAP
"""

import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
import program  # noqa: E402
from expected import EXPECTED, EXPECTED_BY_START  # noqa: E402

# A transcript leaves the grammar here, and that is said; everything else has to be without a defect.
DEVIATIONS = {
    "+": "continuation.bare",                                                   # a trailing space is lost on paper
    "a107 OK": "text.missing",                                                  # RFC 7162, example 9
    "b107 OK": "text.missing",
    "* LIST () \".\"  \"INBOX\"": "space.extra",                                # RFC 5819 section 3
    "* LIST (\\Subscribed) \".\"  \"INBOX\"": "space.extra",
    "* NAMESPACE ((\"INBOX.\" \".\")) NIL  NIL": "space.extra",                 # RFC 9051 section 6.3.10
    "* OK [UIDVALIDITY 9877410381] UIDs valid": "number.out-of-range",          # RFC 9051 section 6.3.2
    "B283 NO [BADCHARSET UTF-8] KOI8-R is not supported": "list.missing",       # RFC 9051 section 6.4.4.4
}


class transcript:
    """One RFC's lines: the octets of its responses, each with its first line, and what the file says of itself."""

    def __init__(self, path):
        self.name = path.stem
        self.responses = []
        self.lines = self.placeholders = 0
        literal = 0
        for line in path.read_text("utf-8").split("\n")[:-1]:
            if literal <= 0:
                if line.startswith("#?"):
                    self.placeholders += 1
                    continue
                if line.startswith("#"):
                    found = re.match(r"# (\d+) lines in the text, (\d+) of them placeholders", line)
                    if found:
                        self.lines, self.told_placeholders = map(int, found.groups())
                    continue
            octets = line.encode() + b"\r\n"
            if literal == 0:
                self.responses.append([line, octets, 1])
            else:
                self.responses[-1][1] += octets
                self.responses[-1][2] += 1
            # Below 0: the line that goes on behind a literal is still to come.
            if literal > 0:
                literal -= len(octets)
                literal = -1 if literal == 0 else literal
            else:
                marker = re.search(r"\{(\d+)\}$", line)
                literal = int(marker.group(1)) if marker else 0

    @property
    def octets(self):
        return b"".join(octets for _, octets, _ in self.responses)

    @property
    def covered(self):
        return sum(count for _, _, count in self.responses)


TRANSCRIPTS = [transcript(path) for path in sorted(HERE.glob("rfc*.txt"))]


class rfc_examples(unittest.TestCase):
    def test_every_line_of_the_text_is_here(self):
        self.assertEqual({each.name for each in TRANSCRIPTS},
                         {f"rfc{number}" for number in (3501, 9051, 2177, 4315, 7162, 5258, 5819, 6154, 6851)})
        for each in TRANSCRIPTS:
            with self.subTest(each.name):
                self.assertEqual(each.placeholders, each.told_placeholders)
                self.assertEqual(each.covered + each.placeholders, each.lines)

    def test_every_line_is_read_without_an_error(self):
        for each in TRANSCRIPTS:
            with self.subTest(each.name):
                objects, status = program.parse(each.octets)
                self.assertEqual([value for value in objects if "error" in value], [])
                self.assertEqual(status, 0)
                self.assertEqual(len(objects), len(each.responses))

    def test_only_known_lines_leave_the_grammar(self):
        for each in TRANSCRIPTS:
            objects, _ = program.parse(each.octets)
            for (line, _, _), value in zip(each.responses, objects):
                with self.subTest(each.name, line=line):
                    rules = {defect["rule"] for defect in value.get("defects", [])}
                    self.assertEqual(rules, {DEVIATIONS[line]} if line in DEVIATIONS else set())

    def test_the_values_are_what_the_text_means(self):
        found = set()
        for each in TRANSCRIPTS:
            objects, _ = program.parse(each.octets)
            for (line, _, _), value in zip(each.responses, objects):
                expected = EXPECTED.get(line)
                key = line
                for start, row in EXPECTED_BY_START.items():
                    if line.startswith(start):
                        expected, key = row, start
                if expected is None:
                    continue
                found.add(key)
                with self.subTest(each.name, line=line):
                    self.assertTrue(program.contains(value, expected), f"{value}\nlacks something of\n{expected}")
        self.assertEqual(set(EXPECTED) | set(EXPECTED_BY_START), found, "rows that no transcript has")
        self.assertGreaterEqual(len(found), 100)

    def test_each_line_alone_gives_the_same_object(self):
        # Of one RFC: each line costs a process.
        (one,) = (each for each in TRANSCRIPTS if each.name == "rfc3501")
        objects, _ = program.parse(one.octets)
        values = {octets: value for (_, octets, _), value in zip(one.responses, objects)}
        for octets, value in values.items():
            with self.subTest(octets):
                self.assertEqual(program.parse_one(octets), value)

    @classmethod
    def tearDownClass(cls):
        for each in TRANSCRIPTS:
            print(f"{each.name}: {each.covered} of {each.lines} lines, {each.placeholders} placeholders")
        print(f"{len(EXPECTED) + len(EXPECTED_BY_START)} rows with expected values")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + sys.argv[2:])
