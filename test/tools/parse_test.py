#!/usr/bin/env python3
"""`coimap parse`: one JSON object a response, errors with their place, memory that does not grow.

Usage: parse_test.py COIMAP
"""

import base64
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import program
from program import parse, parse_one, run

# A sanitized program is slower by far, and keeps what was freed for a while.
SANITIZED = bool(os.environ.get("COIMAP_TEST_SANITIZED"))
LARGE = (60 if SANITIZED else 300) << 20
SANITIZER = (120 << 10) if SANITIZED else 0

ENVELOPE = (b'* 1 FETCH (UID 7 ENVELOPE (%s %s ((%s NIL "jo" "example.org")) NIL NIL NIL NIL NIL NIL "<1@example.org>"))\r\n')


def envelope(date=b"NIL", subject=b"NIL", name=b"NIL"):
    return parse_one(ENVELOPE % (date, subject, name))["envelope"]


class values(unittest.TestCase):
    def test_the_type_comes_first(self):
        for line in (b"* 2 EXISTS\r\n", b"a OK done\r\n", b"+ go\r\n", b"* OK hello\r\n", b"* X-NEW thing\r\n"):
            self.assertTrue(run("parse", data=line).stdout.startswith(b'{"type":"'), line)

    def test_numbers_beyond_2_53_are_exact(self):
        done = run("parse", data=b"* 1 FETCH (MODSEQ (9223372036854775807))\r\n")
        self.assertIn(b'"modseq":9223372036854775807', done.stdout)

    def test_a_mailbox_name_is_decoded_from_modified_utf_7(self):
        value = parse_one(b'* LIST () "/" "&ZeVnLIqe-/&U,BTFw-"\r\n')
        self.assertEqual(value["mailbox"], "日本語/台北")

    def test_a_utf_8_name_stays_as_it_is_where_that_was_agreed(self):
        value = parse_one('* LIST () "/" "日本&-語"\r\n'.encode(), "--utf8")
        self.assertEqual(value["mailbox"], "日本&-語")

    def test_encoded_words_of_a_subject_are_decoded_and_the_octets_kept_beside(self):
        value = envelope(subject=b'"=?UTF-8?Q?Gr=C3=BC=C3=9Fe?= =?iso-8859-1?B?4OE=?="')
        self.assertEqual(value["subject"], "Grüßeàá")
        self.assertEqual(value["subject_raw"], "=?UTF-8?Q?Gr=C3=BC=C3=9Fe?= =?iso-8859-1?B?4OE=?=")

    def test_a_plain_subject_has_no_raw_form(self):
        value = envelope(subject=b'"hello"')
        self.assertEqual(value["subject"], "hello")
        self.assertNotIn("subject_raw", value)

    def test_an_encoded_name_of_an_address_is_decoded(self):
        sender = envelope(name=b'"=?UTF-8?B?SsO2cmc=?="')["from"][0]
        self.assertEqual((sender["name"], sender["mailbox"], sender["host"]), ("Jörg", "jo", "example.org"))

    def test_the_date_of_the_header_is_iso_and_the_octets_stand_beside(self):
        value = envelope(date=b'"Wed, 17 Jul 96 02:23 PDT"')
        self.assertEqual(value["date"], "1996-07-17T02:23:00-07:00")
        self.assertEqual(value["date_raw"], "Wed, 17 Jul 96 02:23 PDT")

    def test_a_date_that_is_none_stays_as_it_is(self):
        self.assertEqual(envelope(date=b'"yesterday"')["date"], "yesterday")

    def test_raw_decodes_nothing(self):
        value = parse_one(ENVELOPE % (b'"Wed, 17 Jul 96 02:23 PDT"', b'"=?UTF-8?Q?x?="', b"NIL"), "--raw")["envelope"]
        self.assertEqual((value["date"], value["subject"]), ("Wed, 17 Jul 96 02:23 PDT", "=?UTF-8?Q?x?="))
        self.assertNotIn("date_raw", value)

    def test_the_words_of_an_attached_message_are_decoded_too(self):
        value = parse_one(b'* 1 FETCH (BODYSTRUCTURE ("MESSAGE" "RFC822" NIL NIL "=?UTF-8?Q?=C3=A4?=" "7BIT" 9 '
                          b'(NIL "=?UTF-8?Q?=C3=B6?=" NIL NIL NIL NIL NIL NIL NIL NIL) '
                          b'("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1) 3))\r\n')
        structure = value["body_structure"]
        self.assertEqual(structure["description"], "ä")
        self.assertEqual(structure["envelope"]["subject"], "ö")

    def test_a_subject_outside_of_an_envelope_is_left_alone(self):
        value = parse_one(b'* ID ("subject" "=?UTF-8?Q?x?=" "name" "=?UTF-8?Q?y?=")\r\n')
        self.assertIn("=?UTF-8?Q?x?=", json.dumps(value))
        self.assertIn("=?UTF-8?Q?y?=", json.dumps(value))

    def test_octets_that_are_not_utf_8_are_shown_without_loss(self):
        octets = b"caf\xe9 \xff\x00 fin\r\n"
        value = parse_one(b"* 1 FETCH (BODY[] {%d}\r\n%s)\r\n" % (len(octets), octets))
        content = value["sections"][0]["content"]
        self.assertEqual(base64.b64decode(content["octets"]), octets)
        self.assertIn("caf\\xe9", content["text"])

    def test_an_eight_bit_subject_is_read_as_latin_1_and_kept(self):
        value = envelope(subject=b'"caf\xe9"')
        self.assertEqual(value["subject"], "café")
        self.assertEqual(base64.b64decode(value["subject_raw"]["octets"]), b"caf\xe9")

    def test_nothing_in_the_output_can_steer_a_terminal(self):
        evil = "* OK \x1b]0;owned\x07 \x9b31m \u202eabc\u2066 \u2028 \x7f\r\n".encode()
        done = run("parse", data=evil)
        text = done.stdout.decode()
        self.assertTrue(all(0x20 <= ord(c) < 0x7f for c in text.rstrip("\n")), text)
        self.assertEqual(json.loads(text)["text"], "\x1b]0;owned\x07 \x9b31m \u202eabc\u2066 \u2028 \x7f")

    def test_defects_stand_beside_the_values(self):
        value = parse_one(b"* FLAGS (\\Seen  \\Draft) \r\n")
        self.assertEqual(value["flags"], ["\\Seen", "\\Draft"])
        self.assertTrue(value["defects"])
        for defect in value["defects"]:
            self.assertLessEqual({"rule", "offset", "bytes"}, set(defect))

    def test_offsets_tell_where_each_response_is(self):
        objects, _ = parse(b"* 1 EXISTS\r\n* 2 FETCH (BODY[] {2}\r\nab RFC822.SIZE 5)\r\na OK x\r\n", "--offsets")
        self.assertEqual([(each["offset"], each["length"]) for each in objects], [(0, 12), (12, 42), (54, 8)])

    def test_a_defect_is_at_its_offset_within_the_response(self):
        data = b"* 1 EXISTS\r\n* 2 FETCH (BODY[] {2}\r\nab UID 7) \r\n* FLAGS (\\Seen  \\Draft)\r\n"
        found = 0
        for each in parse(data, "--offsets")[0]:
            for defect in each.get("defects", []):
                place = each["offset"] + defect["offset"]
                self.assertEqual(data[place:place + len(defect["bytes"])].decode(), defect["bytes"])
                found += 1
        self.assertGreaterEqual(found, 2)
        self.assertIn(b'{"rule":NAME,"offset":NUMBER,"bytes":TEXT}', run("parse", "--help").stdout)


class errors(unittest.TestCase):
    def test_what_is_no_response_is_an_error_with_its_place_and_reading_goes_on(self):
        objects, status = parse(b"* 1 EXISTS\r\nHTTP/1.1 400 Bad Request\r\n* 2 EXISTS\r\n")
        self.assertEqual(status, 65)
        self.assertEqual([each.get("type") for each in objects], ["exists", None, "exists"])
        self.assertEqual(objects[1]["offset"], 12)
        self.assertIn("no response", objects[1]["error"])
        self.assertEqual(objects[1]["bytes"], "HTTP/1.1 400 Bad Request\r\n")

    def test_an_input_that_ends_inside_a_response_is_an_error(self):
        for rest in (b"* 2 EXIS", b"* 2 FETCH (BODY[] {10}\r\nabc", b"* 2 FETCH (BODY[] {3}\r\nabc", b"x"):
            objects, status = parse(b"* 1 EXISTS\r\n" + rest)
            self.assertEqual(status, 65)
            self.assertEqual(objects[0], {"type": "exists", "count": 1})
            self.assertEqual((objects[1]["offset"], len(objects)), (12, 2))
            self.assertIn("ends inside", objects[1]["error"])

    def test_an_empty_input_is_fine(self):
        self.assertEqual(parse(b""), ([], 0))

    def test_blank_lines_are_passed_over(self):
        self.assertEqual(parse(b"\r\n\r\n* 1 EXISTS\r\n\n")[0], [{"type": "exists", "count": 1}])
        self.assertEqual(parse(b"\r\n* 1 EXISTS\r\n\r\n")[1], 0)

    def test_strict_counts_deviations_as_errors(self):
        line = b"* SEARCH 1 2 \r\n"
        self.assertEqual(parse(line)[1], 0)
        objects, status = parse(line, "--strict")
        self.assertEqual((status, objects[0]["numbers"]), (65, "1:2"))
        self.assertTrue(objects[0]["defects"])
        self.assertEqual(parse(b"* SEARCH 1 2\r\n", "--strict")[1], 0)
        self.assertEqual(parse(b"\r\n", "--strict")[1], 65)

    def test_a_literal_that_is_too_large_is_skipped_and_said(self):
        big = b"x" * 300_000
        data = b"* 1 EXISTS\r\n* 2 FETCH (BODY[] {%d}\r\n%s UID 5)\r\n* 3 EXISTS\r\n" % (len(big), big)
        objects, status = parse(data, "--max-literal", "1000")
        self.assertEqual(status, 65)
        self.assertEqual([each.get("type") for each in objects], ["exists", None, "exists"])
        self.assertEqual(objects[1]["offset"], 12)
        self.assertIn("300000", objects[1]["error"])
        self.assertEqual(len(parse(data)[0][1]["sections"][0]["content"]), 300_000)

    def test_offsets_stay_right_behind_a_skipped_literal(self):
        data = b"* 2 FETCH (BODY[] {5000}\r\n%s)\r\nnonsense\r\n" % (b"y" * 5000)
        objects, _ = parse(data, "--max-literal", "10")
        self.assertEqual([each["offset"] for each in objects], [0, len(data) - 10])

    def test_a_literal_number_beyond_reason_ends_at_its_line(self):
        objects, status = parse(b"* 2 FETCH (BODY[] {99999999999999999999999}\r\n* 3 EXISTS\r\n")
        self.assertEqual(status, 65)
        self.assertEqual((objects[0]["offset"], objects[1]), (0, {"type": "exists", "count": 3}))

    def test_a_line_without_end_is_an_error_and_is_skipped(self):
        objects, status = parse(b"* OK " + b"a" * (40 << 20) + b"\r\n* 3 EXISTS\r\n")
        self.assertEqual(status, 65)
        self.assertEqual([each.get("type") for each in objects], [None, "exists"])
        self.assertEqual(objects[0]["offset"], 0)


class streaming(unittest.TestCase):
    DATA = (b"* OK [CAPABILITY IMAP4rev1] hello {5}\r\n* 12 FETCH (UID 7 BODY[] {11}\r\nab\r\n)\r\ncdef FLAGS ())\r\n"
            b"* LIST () \"/\" {3}\r\nfoo\r\nrubbish\r\na1 OK [UIDNEXT 5] done\r\n* 3 FETCH (BODY[1] {0}\r\n)\r\n")

    def test_octet_by_octet_gives_the_same(self):
        whole, status = parse(self.DATA)
        self.assertEqual(len(whole), 6)
        process = subprocess.Popen([program.path(), "parse"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        for octet in self.DATA:
            process.stdin.write(bytes([octet]))
            time.sleep(0.0005)
        process.stdin.close()
        pieces = [json.loads(line) for line in process.stdout.read().splitlines()]
        process.stdout.close()
        self.assertEqual((pieces, process.wait()), (whole, status))

    def test_responses_that_cross_every_read_boundary_are_whole(self):
        # Lines of odd lengths put a boundary of 64 KiB into every part of a response sooner or later.
        data = b"".join(b"* %d FETCH (UID %d BODY[TEXT] {%d}\r\n%s)\r\n" % (i, i * 3, i % 97, b"z" * (i % 97))
                        for i in range(1, 20_000))
        objects, status = parse(data)
        self.assertEqual((len(objects), status), (19_999, 0))
        self.assertTrue(all(each["uid"] == each["seq"] * 3 and each["sections"][0]["size"] == each["seq"] % 97
                            for each in objects))

    def test_memory_does_not_grow_with_the_input(self):
        small, large = self.peak(4 << 20), self.peak(LARGE)
        self.assertLess(large, small + (8 << 10) + SANITIZER, f"{small} KiB for 4 MB, {large} KiB for {LARGE >> 20} MB")
        self.assertLess(large, (40 << 10) + SANITIZER)

    def test_literals_are_not_held_once_they_are_shown(self):
        one = b"* 1 FETCH (BODY[] {1000000}\r\n" + b"m" * 1_000_000 + b")\r\n"
        self.assertLess(self.peak(LARGE * 2 // 3, one), (60 << 10) + SANITIZER)

    @staticmethod
    def peak(octets, block=None):
        """The largest resident size in KiB while so many octets go through."""
        block = block or b"".join(
            b"* %d FETCH (UID %d FLAGS (\\Seen $Work) RFC822.SIZE %d ENVELOPE (\"Wed, 17 Jul 1996 02:23:25 -0700\" "
            b"\"subject %d\" ((\"A\" NIL \"a\" \"b.org\")) NIL NIL NIL NIL NIL NIL \"<%d@b.org>\"))\r\n"
            % (i, i, i, i, i) for i in range(1, 4000))
        with open(os.devnull, "wb") as nothing:
            process = subprocess.Popen([program.path(), "parse"], stdin=subprocess.PIPE, stdout=nothing)
        for _ in range(max(1, octets // len(block))):
            process.stdin.write(block)
        process.stdin.flush()
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        process.stdin.close()
        if process.wait() != 0:
            raise AssertionError(process.returncode)
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1))


class command_line(unittest.TestCase):
    def test_help_teaches_with_examples(self):
        for words in (("--help",), ("help",), ("parse", "--help"), ("parse", "-h")):
            done = run(*words)
            self.assertEqual(done.returncode, 0)
            self.assertIn(b"Usage: coimap", done.stdout)
        self.assertIn(b"Examples:", run("parse", "--help").stdout)

    def test_the_version_is_shown(self):
        self.assertRegex(run("--version").stdout, rb"^coimap \d+\.\d+\.\d+\n$")

    def test_a_wrong_command_line_is_64_and_says_why(self):
        for words, word in ((("parse", "--nonsense"), b"--nonsense"), (("parse", "--strict=yes"), b"no value"),
                            (("parse", "--max-literal"), b"needs"), (("parse", "--max-literal", "x"), b"number"),
                            (("parse", "file"), b"standard input"), (("dance",), b"dance"), ((), b"Usage")):
            done = run(*words)
            self.assertEqual((done.returncode, done.stdout), (64, b""), words)
            self.assertIn(word, done.stderr)

    def test_a_reader_that_has_seen_enough_ends_it_quietly(self):
        with tempfile.TemporaryFile() as file:
            file.write(b"* 1 EXISTS\r\n" * 200_000)
            file.seek(0)
            process = subprocess.Popen([program.path(), "parse"], stdin=file, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            self.assertEqual(json.loads(process.stdout.readline())["type"], "exists")
            process.stdout.close()
            self.assertEqual((process.wait(timeout=30), process.stderr.read()), (-signal.SIGPIPE, b""))
            process.stderr.close()

    def test_an_output_that_cannot_be_written_is_74(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([program.path(), "parse"], input=b"* 1 EXISTS\r\n", stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 74)
        self.assertIn(b"cannot write", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + sys.argv[2:])
