#!/usr/bin/env python3
"""`coimap repl` as a batch: every verb, as text and as JSON, and how it ends.

Usage: private-dovecot --seed 12 -- repl_test.py COIMAP
"""

import datetime
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import program
import servers

ENVIRONMENT = {**os.environ, "COIMAP_PASSWORD": "secret"}


def repl(*words, url=None, stdin="", env=ENVIRONMENT, timeout=60):
    url = url or servers.tls_url()
    options = ["--ca", servers.ca()] if "--ca" not in words else []
    return subprocess.run([program.path(), "repl", *options, url, *words], input=stdin, capture_output=True, text=True,
                          timeout=timeout, env=env)


def commands(*lines):
    return [word for line in lines for word in ("-c", line)]


def objects(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def run(*lines, **more):
    """Runs commands as a batch with --json: their objects. All of them have to succeed."""
    done = repl("--json", *commands(*lines), **more)
    if done.returncode != 0 or done.stderr:
        raise AssertionError((done.returncode, done.stdout, done.stderr))
    return objects(done)


def results(*lines, **more):
    return [each.get("result") for each in run(*lines, **more) if "command" in each]


class verbs(unittest.TestCase):
    def test_each_result_is_one_object_with_its_command_and_its_time(self):
        for each, command in zip(run("noop", "capability"), ("noop", "capability")):
            self.assertEqual((each["command"], each["ok"]), (command, True))
            self.assertGreater(each["milliseconds"], 0)

    def test_capability_id_namespace_enable(self):
        capability, identity, spaces, enabled = results("capability", "id name coimap", "namespace", "enable condstore")
        self.assertIn("IDLE", capability)
        self.assertIn("Dovecot", json.dumps(identity))
        self.assertEqual(spaces["personal"][0]["prefix"], "")
        self.assertEqual(enabled, ["CONDSTORE"])

    def test_list_and_its_options(self):
        everything, status, rfc, lsub = results("list", "list * special-use status (messages)", 'list "" %', "lsub")
        self.assertIn("INBOX", [each["mailbox"] for each in everything])
        self.assertIn("messages", next(each for each in status if each["mailbox"] == "INBOX"))
        self.assertEqual({each["mailbox"] for each in rfc}, {each["mailbox"] for each in everything})
        self.assertIsInstance(lsub, list)

    def test_a_mailbox_from_its_making_to_its_end(self):
        name = "Überblick & Co"
        made = results(f'create "{name}"', f'subscribe "{name}"', "lsub", f'rename "{name}" "neu"', "list n*",
                       f'unsubscribe "{name}"', "delete neu", "list n*")
        self.assertIn(name, [each["mailbox"] for each in made[2]])
        self.assertEqual([each["mailbox"] for each in made[4]], ["neu"])
        self.assertEqual(made[7], [])

    def test_select_examine_close_unselect(self):
        select, examine, *_ = results("select INBOX", "examine INBOX condstore", "unselect", "select INBOX", "check",
                                      "close", url=servers.tls_url(mailbox=""))
        self.assertEqual((select["exists"], select["read_only"]), (examine["exists"], False))
        self.assertTrue(examine["read_only"])
        self.assertGreater(select["uid_validity"], 0)

    def test_status_has_the_items_that_were_asked_for(self):
        plain, sized = results("status INBOX", "status INBOX (messages size)")
        self.assertEqual(set(plain), {"messages", "unseen", "uid_next", "uid_validity"})
        self.assertEqual(set(sized), {"messages", "size"})

    def test_fetch_by_number_and_by_uid(self):
        by_number, by_uid, last, header = results(
            "fetch 1:2", "uid fetch 1 uid flags", "fetch last:1 (uid size)",
            "fetch 1 body.peek[header.fields (subject)] body.peek[text]<0.5>")
        self.assertEqual([each["seq"] for each in by_number], [1, 2])
        self.assertTrue({"flags", "internal_date", "size", "envelope"} <= set(by_number[0]))
        self.assertEqual((by_uid[0]["uid"], set(by_uid[0])), (1, {"seq", "uid", "flags"}))
        self.assertEqual(len(last), 1)
        sections = header[0]["sections"]
        self.assertTrue(sections[0]["content"].startswith("Subject:"))
        self.assertEqual((sections[1]["origin"], sections[1]["size"]), (0, 5))

    def test_fetch_changedsince(self):
        changed = results("enable condstore", "fetch 1:* (uid flags) changedsince 1")[1]
        self.assertIn("modseq", changed[0])

    def test_search_in_both_kinds_of_numbers(self):
        by_number, by_uid, counted, none = results(
            "search all", "uid search or seen unseen not deleted (larger 1 since 1990-01-01)",
            "search return (count min max) all", 'search from "nobody at all"')
        self.assertIn("seqs", by_number)
        self.assertEqual(by_uid["count"], by_number["count"])
        self.assertEqual((counted["count"], counted["min"]), (by_number["count"], 1))
        self.assertEqual((none["seqs"], none["count"]), ("", 0))

    def test_store_adds_removes_and_sets(self):
        added, removed, replaced, silent = results(
            "store 1 +flags \\Flagged $Work", "store 1 -flags $Work", "store 1 flags (\\Seen)",
            "uid store 1 +flags.silent \\Answered")
        flags = [set(each["updated"][0]["flags"]) for each in (added, removed, replaced)]
        self.assertTrue({"\\Flagged", "$Work"} <= flags[0])
        self.assertNotIn("$Work", flags[1])
        self.assertTrue({"\\Seen"} <= flags[2] and "\\Flagged" not in flags[2])
        self.assertEqual(silent["updated"], [])

    def test_copy_move_and_expunge(self):
        with tempfile.TemporaryDirectory() as folder:
            letter = pathlib.Path(folder, "letter.eml")
            letter.write_bytes(b"Subject: wander\n\nhello\n")
            appended = results("create Wandern", "create Ziel", f"append Wandern {letter}")[2]
        uid = appended["uids"]
        copied, moved, _, gone = results(f"uid copy {uid} Ziel", f"uid move {uid} Ziel", "select Ziel",
                                         "status Wandern messages", url=servers.tls_url(mailbox="Wandern"))
        self.assertEqual((copied["source"], copied["destination"]), (uid, "1"))
        self.assertEqual(moved["destination"], "2")
        self.assertEqual(gone["messages"], 0)
        stored, one, rest, *_ = results("store 1:2 +flags \\Deleted", "uid expunge 1", "expunge", "delete Wandern",
                                        "unselect", "delete Ziel", url=servers.tls_url(mailbox="Ziel"))
        self.assertEqual(len(stored["updated"]), 2)
        self.assertEqual((one["count"], rest["count"]), (1, 1))

    def test_append_and_download_bring_a_message_back(self):
        with tempfile.TemporaryDirectory() as folder:
            letter, back, part = (pathlib.Path(folder, name) for name in ("letter.eml", "back.eml", "part.txt"))
            body = b"Subject: there and back\n\n" + b"A line that is there.\n" * 20000
            letter.write_bytes(body)
            appended = results(f"append Drafts {letter} (\\Draft \\Seen) date 2001-02-03T04:05:06+01:00")[0]
            uid = appended["uids"]
            fetched, downloaded, text = results(
                f"uid fetch {uid} flags internaldate", f"download {uid} message {back}", f"download {uid} text {part}",
                url=servers.tls_url(mailbox="Drafts"))
            self.assertTrue({"\\Draft", "\\Seen"} <= set(fetched[0]["flags"]))
            # The moment is kept; in which zone it is told is the server's choice.
            self.assertEqual(datetime.datetime.fromisoformat(fetched[0]["internal_date"]),
                             datetime.datetime.fromisoformat("2001-02-03T04:05:06+01:00"))
            self.assertEqual(back.read_bytes(), body.replace(b"\n", b"\r\n"))
            self.assertEqual(downloaded["octets"], back.stat().st_size)
            self.assertEqual(part.stat().st_size, 20000 * 23)
            again = repl(*commands(f"download {uid} message {back}"), url=servers.tls_url(mailbox="Drafts"))
            self.assertEqual(again.returncode, 74)
            self.assertIn("File exists", again.stderr)
            missing = repl(*commands(f"download 4000000000 message {folder}/none"),
                           url=servers.tls_url(mailbox="Drafts"))
            self.assertEqual(missing.returncode, 1)
            self.assertFalse(os.path.exists(f"{folder}/none"))

    def test_raw_sends_the_line_and_shows_what_comes_back(self):
        answers = results('raw STATUS "INBOX" (MESSAGES)')[0]
        self.assertEqual(answers[0]["mailbox"], "INBOX")

    def test_help_knows_every_verb(self):
        overview = results("help", url=servers.tls_url(mailbox=""))[0]
        names = re.findall(r"^(\S+)  ", overview, re.MULTILINE)
        self.assertLessEqual({"capability", "noop", "logout", "login", "authenticate", "enable", "id", "namespace",
                              "select", "examine", "create", "delete", "rename", "subscribe", "unsubscribe", "list",
                              "lsub", "status", "append", "check", "close", "unselect", "expunge", "search", "fetch",
                              "store", "copy", "move", "idle", "download", "raw", "help"}, set(names))
        for each in results(*(f"help {name}" for name in names), url=servers.tls_url(mailbox="")):
            self.assertTrue(each)

    def test_login_by_verb(self):
        url = f"imaps://{servers.HOST}:{os.environ['COIMAP_TEST_TLS_PORT']}"
        done = repl("--json", *commands("login bob secret", "list"), url=url)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(objects(done)[0]["command"], "login bob ***")

    def test_authenticate_by_verb_with_a_mechanism(self):
        url = f"imaps://{servers.HOST}:{os.environ['COIMAP_TEST_TLS_PORT']}"
        self.assertEqual(repl("-c", "authenticate plain bob", "-c", "list", url=url).returncode, 0)


class events(unittest.TestCase):
    def test_idle_shows_what_happens_meanwhile(self):
        timer = threading.Timer(0.7, servers.deliver, args=("for idle",))
        timer.start()
        told = run("idle 3s")
        timer.join()
        self.assertIn("exists", [each.get("event") for each in told])
        self.assertEqual(told[-1]["command"], "idle 3s")
        self.assertTrue(2900 < told[-1]["milliseconds"] < 5000)

    def test_events_have_their_uids_and_do_not_tear_a_result_apart(self):
        process = subprocess.Popen([program.path(), "repl", "--json", "--ca", servers.ca(), servers.tls_url()],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
        process.stdin.write("fetch 1:* uid\n")
        process.stdin.flush()
        first = json.loads(process.stdout.readline())
        self.assertEqual(first["command"], "fetch 1:* uid")
        with servers.other_client() as other:
            other.append("INBOX", "(\\Deleted)", None, b"Subject: soon gone\r\n\r\n.\r\n")
            other.select("INBOX")
            other.expunge()
        process.stdin.write("noop\nfetch 1:* (uid flags)\nnoop\n")
        process.stdin.close()
        told = [json.loads(line) for line in process.stdout]
        process.stdout.close()
        self.assertEqual(process.wait(), 0)
        self.assertEqual([each["command"] for each in told if "command" in each],
                         ["noop", "fetch 1:* (uid flags)", "noop"])

    def test_an_unanswered_alert_is_text_without_control_characters(self):
        evil = "\x1b]0;owned\x07\u202ereversed".encode()
        with servers.scripted(b"* OK hello\r\n", lambda tag, line: b"* OK [ALERT] " + evil + b"\r\n" + tag + b" OK\r\n"
                              if line == b"NOOP" else default_answer(tag, line)) as server:
            done = repl("--tls=none", *commands("noop", "noop"), url=server.url)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("ALERT", done.stdout)
        self.assertNotIn("\x1b", done.stdout)
        self.assertNotIn("\u202e", done.stdout)


def default_answer(tag, line):
    if line.upper().startswith(b"CAPABILITY"):
        return b"* CAPABILITY IMAP4rev1 IDLE\r\n" + tag + b" OK done\r\n"
    if line.upper().startswith(b"LOGOUT"):
        return b"* BYE\r\n" + tag + b" OK done\r\n"
    return tag + b" OK done\r\n"


class ends(unittest.TestCase):
    def status(self, *words, **more):
        done = repl(*words, **more)
        self.assertNotEqual(done.stderr, "")
        return done.returncode

    def test_0_and_1(self):
        self.assertEqual(repl("-c", "noop").returncode, 0)
        self.assertEqual(self.status("-c", "select nowhere"), 1)

    def test_64_for_what_is_wrong_on_this_side(self):
        for words in (["-c", "dance"], ["-c", "fetch"], ["-c", "fetch x"], ["-c", "select"], ["-c", "noop now"],
                      ["-c", "uid noop"], ["-c", 'select "INBOX'], ["-c", "store 1 +flags (\\Seen"],
                      ["-c", "search since yesterday"], ["-c", "idle soon"], ["-c", "unselect", "-c", "fetch 1"],
                      ["--nonsense"], ["--timeout", "0"], ["--tls", "maybe"], ["-c", "raw LOGIN a b"]):
            self.assertEqual(self.status(*words), 64, words)
        for url in ("imaps://", "http://host/", "imaps://alice:secret@host/", "imaps://host/a%0d%0ab", "alice@host"):
            self.assertEqual(self.status("-c", "noop", url=url), 64, url)

    def test_a_password_in_the_url_is_refused_with_advice(self):
        done = repl("-c", "noop", url="imaps://alice:secret@host/")
        self.assertIn("--password-file", done.stderr)

    def test_64_without_any_password(self):
        environment = {key: value for key, value in ENVIRONMENT.items() if key != "COIMAP_PASSWORD"}
        done = subprocess.run([program.path(), "repl", "--ca", servers.ca(), servers.tls_url(), "-c", "noop"],
                              env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              start_new_session=True, timeout=30)
        self.assertEqual(done.returncode, 64)
        self.assertIn("COIMAP_PASSWORD", done.stderr)

    def test_69_when_nobody_is_there_or_the_connection_is_lost(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.assertEqual(self.status("--tls=none", "-c", "noop", url=f"imap://alice@127.0.0.1:{port}"), 69)
        with servers.scripted(b"* OK hello\r\n",
                              lambda tag, line: None if line == b"NOOP" else default_answer(tag, line)) as server:
            self.assertEqual(self.status("--tls=none", "-c", "noop", url=server.url), 69)
        with servers.scripted(b"* BYE go away\r\n") as server:
            self.assertEqual(self.status("--tls=none", "-c", "noop", url=server.url), 69)

    def test_74_for_a_ca_file_that_is_none(self):
        for file, why in (("/nowhere", "No such file"), (__file__, "no certificate")):
            done = repl("-c", "noop", "--ca", file)
            self.assertEqual(done.returncode, 74, done.stderr)
            self.assertIn(why, done.stderr)
            self.assertIn(file, done.stderr)

    def test_75_when_the_server_falls_silent(self):
        with servers.scripted(b"* OK hello\r\n",
                              lambda tag, line: b"" if line == b"NOOP" else default_answer(tag, line)) as server:
            started = time.monotonic()
            self.assertEqual(self.status("--tls=none", "--timeout", "1", "-c", "noop", url=server.url), 75)
            self.assertLess(time.monotonic() - started, 10)
        with servers.scripted(b"") as server:
            self.assertEqual(self.status("--tls=none", "--timeout", "1", "-c", "noop", url=server.url), 75)

    def test_76_when_the_server_speaks_something_else(self):
        with servers.scripted(b"HTTP/1.1 400 Bad Request\r\n\r\n") as server:
            self.assertEqual(self.status("--tls=none", "-c", "noop", url=server.url), 76)

    def test_77_for_a_wrong_password_and_for_a_certificate_of_nobody(self):
        self.assertEqual(self.status("-c", "noop", env={**ENVIRONMENT, "COIMAP_PASSWORD": "wrong"}), 77)
        with tempfile.NamedTemporaryFile("w", suffix=".pem") as other:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null",
                            "-subj", "/CN=nobody", "-out", other.name], check=True, capture_output=True)
            self.assertEqual(self.status("--ca", other.name, "-c", "noop"), 77)

    def test_77_when_starttls_was_demanded_and_there_is_none(self):
        with servers.scripted(b"* OK [CAPABILITY IMAP4rev1] hello\r\n", default_answer) as server:
            self.assertEqual(self.status("-c", "noop", url=server.url), 77)
            self.assertNotIn(b"secret", b"".join(server.lines))
        with servers.scripted(b"* OK hello\r\n", lambda tag, line: tag + b" BAD what\r\n") as server:
            self.assertEqual(self.status("-c", "noop", url=server.url), 77)
            self.assertNotIn(b"secret", b"".join(server.lines))

    def test_130_when_it_is_interrupted(self):
        process = subprocess.Popen([program.path(), "repl", "--json", "--ca", servers.ca(), servers.tls_url(), "-c",
                                    "noop", "-c", "idle 1h", "-c", "noop"], stdout=subprocess.PIPE, text=True,
                                   env=ENVIRONMENT)
        process.stdout.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        self.assertNotIn("noop", process.stdout.read())
        process.stdout.close()
        self.assertEqual(process.wait(timeout=10), 130)

    def test_130_when_it_is_interrupted_while_it_waits_for_a_command(self):
        process = subprocess.Popen([program.path(), "repl", "--json", "--ca", servers.ca(), servers.tls_url()],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
        process.stdin.write("noop\n")
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=10), 130)
        process.stdin.close()
        process.stdout.close()

    def test_the_first_failure_ends_the_batch(self):
        done = repl("--json", *commands("noop", "select nowhere", "noop"))
        told = objects(done)
        self.assertEqual((done.returncode, [each["ok"] for each in told]), (1, [True, False]))
        self.assertEqual(told[1]["error"]["kind"], "refused")
        self.assertEqual(told[1]["error"]["status"], "NO")
        self.assertTrue(told[1]["error"]["connection_usable"])

    def test_a_failure_is_told_with_the_command_that_failed(self):
        for done in (repl(*commands("noop", "select  nowhere", "noop")),
                     repl(stdin="noop\nselect  nowhere\nnoop\n")):
            self.assertRegex(done.stderr, r"^failed: select  nowhere: SELECT: the server refused \(NO")
            self.assertEqual(done.returncode, 1)
        self.assertTrue(repl("-c", "dance").stderr.startswith("failed: dance: there is no command dance"))
        self.assertIn("failed: login alice ***: ", repl("-c", "login alice secret").stderr)
        wrong = repl("-c", "noop", env={**ENVIRONMENT, "COIMAP_PASSWORD": "wrong"})
        self.assertTrue(wrong.stderr.startswith("failed: connect: "), wrong.stderr)

    def test_a_reader_that_has_seen_enough_ends_the_batch_quietly(self):
        for words in ([], ["--json"]):
            reading, writing = os.pipe()
            os.close(reading)
            with open(writing, "wb") as output:
                done = subprocess.run([program.path(), "repl", *words, "--ca", servers.ca(), servers.tls_url(),
                                       *commands("help", "noop", "idle 1h")], stdout=output, stderr=subprocess.PIPE,
                                      env=ENVIRONMENT, timeout=30)
            self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, b""), words)

    def test_an_event_that_nobody_reads_any_more_ends_the_batch_too(self):
        process = subprocess.Popen([program.path(), "repl", "--json", "--ca", servers.ca(), servers.tls_url(),
                                    *commands("noop", "idle 1h")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=ENVIRONMENT)
        process.stdout.readline()
        process.stdout.close()
        time.sleep(0.3)
        servers.deliver("for nobody")
        self.assertEqual((process.wait(timeout=10), process.stderr.read()), (-signal.SIGPIPE, b""))
        process.stderr.close()

    def test_a_failure_to_connect_is_an_object_too(self):
        done = repl("--json", "-c", "noop", env={**ENVIRONMENT, "COIMAP_PASSWORD": "wrong"})
        (told,) = objects(done)
        self.assertEqual((told["ok"], told["error"]["kind"], told["error"]["exit_status"]),
                         (False, "authentication", 77))

    def test_commands_come_from_the_standard_input(self):
        done = repl("--json", stdin="# a remark\n\nstatus INBOX\r\n  noop\nlogout\nnoop\n")
        self.assertEqual((done.returncode, [each["command"] for each in objects(done)]),
                         (0, ["status INBOX", "  noop", "logout"]))

    def test_a_last_line_without_an_end_counts(self):
        self.assertEqual(len(objects(repl("--json", stdin="noop\nnoop"))), 2)

    def test_commands_come_from_a_file(self):
        with tempfile.TemporaryFile("w+") as file:
            file.write("noop\nstatus INBOX\n")
            file.seek(0)
            done = subprocess.run([program.path(), "repl", "--json", "--ca", servers.ca(), servers.tls_url()],
                                  stdin=file, capture_output=True, text=True, env=ENVIRONMENT, timeout=30)
        self.assertEqual((done.returncode, len(objects(done))), (0, 2))

    def test_text_is_for_people(self):
        done = repl(*commands("list %", "fetch 1"))
        self.assertIn("mailbox", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^ *subject +\S")
        self.assertNotIn("\x1b", done.stdout)


class connecting(unittest.TestCase):
    def test_starttls_and_plain_text(self):
        self.assertEqual(repl("-c", "noop", url=servers.plain_url()).returncode, 0)
        self.assertEqual(repl("--tls=none", "-c", "noop", url=servers.plain_url()).returncode, 0)
        self.assertEqual(repl("--tls=none", "-c", "noop").returncode, 64)

    def test_the_user_option_takes_precedence(self):
        done = repl("--json", "--user", "bob", "-c", "status INBOX messages")
        self.assertEqual(objects(done)[0]["result"]["messages"], 0)

    def test_every_source_of_a_password(self):
        environment = {key: value for key, value in ENVIRONMENT.items() if key != "COIMAP_PASSWORD"}
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "password")
            file.write_text("secret\nand something else\n")
            file.chmod(0o600)
            for words in (["--password-file", str(file)], ["--password-command", f"cat {file}"],
                          ["--password-command", json.dumps(["head", "-n", "1", str(file)])],
                          ["--password-command", f"cat {file}; exit 0"]):
                done = repl(*words, "-c", "noop", env=environment)
                self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            wrong = {**environment, "COIMAP_PASSWORD": "wrong"}
            self.assertEqual(repl("--password-file", str(file), "-c", "noop", env=wrong).returncode, 0)
            file.chmod(0o644)
            self.assertIn("chmod 600", repl("--password-file", str(file), "-c", "noop", env=environment).stderr)
        for words, status in ((["--password-command", "exit 3"], 77), (["--password-command", "true"], 77),
                              (["--password-command", '["/nowhere/at/all"]'], 64),
                              (["--password-command", '["broken'], 64), (["--password-file", "/nowhere"], 74)):
            self.assertEqual(repl(*words, "-c", "noop", env=environment).returncode, status, words)

    def test_a_token_goes_as_a_bearer_token(self):
        environment = {key: value for key, value in ENVIRONMENT.items() if key != "COIMAP_PASSWORD"}

        def answer(tag, line):
            if line.upper().startswith(b"CAPABILITY"):
                return b"* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN\r\n" + tag + b" OK done\r\n"
            return default_answer(tag, line)

        with servers.scripted(b"* OK hello\r\n", answer) as server:
            done = repl("--tls=none", "-c", "noop", url=server.url, env={**environment, "COIMAP_TOKEN": "t0ken"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(any(b"AUTHENTICATE XOAUTH2" in line for line in server.lines), server.lines)

    def test_the_trace_has_both_sides_and_no_secret(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "trace")
            self.assertEqual(repl("--trace", str(file), "--mechanism", "plain", "-c", "noop").returncode, 0)
            trace = file.read_text()
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertRegex(trace, r" C: \S+ NOOP")
        self.assertRegex(trace, r" S: \S+ OK")
        for secret in ("secret", "AGFsaWNlAHNlY3JldA"):
            self.assertNotIn(secret, trace)

    def test_the_program_explains_itself(self):
        done = program.run("repl", "--help")
        self.assertEqual(done.returncode, 0)
        for word in (b"Examples:", b"--password-command", b"Exit status", b"imaps://"):
            self.assertIn(word, done.stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + sys.argv[2:])
