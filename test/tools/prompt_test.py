#!/usr/bin/env python3
"""`coimap repl` in a terminal: editing, history, completion, events above the prompt, Control-C.

Usage: private-dovecot --seed 5 -- prompt_test.py COIMAP
"""

import contextlib
import os
import pathlib
import pty
import re
import select
import signal
import sys
import tempfile
import termios
import time
import unittest

import program
import servers

PROMPT = "alice@localhost INBOX> "


class screen:
    """What a terminal of one line's interest would show: enough of its control sequences to know the rows."""

    def __init__(self):
        self.rows = [""]
        self.column = 0
        self.pending = ""

    def feed(self, text):
        text = self.pending + text
        self.pending = ""
        place = 0
        while place < len(text):
            c = text[place]
            if c == "\x1b":
                found = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])").match(text, place)
                if not found:
                    self.pending = text[place:]
                    return
                self.control(found.group(1), found.group(2))
                place = found.end()
                continue
            place += 1
            if c == "\r":
                self.column = 0
            elif c == "\n":
                self.rows.append("")
            elif c >= " ":
                row = self.rows[-1].ljust(self.column)
                self.rows[-1] = row[:self.column] + c + row[self.column + 1:]
                self.column += 1

    def control(self, parameters, what):
        if what == "K":
            self.rows[-1] = self.rows[-1][:self.column]
        elif what == "C":
            self.column += int(parameters or 1)
        elif what == "J":
            self.rows = [""]


class terminal:
    def __init__(self, *words, url=None, home=None, columns=100, ask=False, **environment):
        self.home = home or tempfile.mkdtemp()
        values = {**os.environ, "HOME": self.home, "TERM": "xterm", "COIMAP_PASSWORD": "secret", **environment}
        values.pop("XDG_STATE_HOME", None)
        if ask:
            del values["COIMAP_PASSWORD"]
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(self.master, (24, columns))
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            os.close(self.master)
            for descriptor in (0, 1, 2):
                os.dup2(slave, descriptor)
            os.close(os.open(os.ttyname(slave), os.O_RDWR))  # becomes the controlling terminal
            command = [program.path(), "repl", "--ca", servers.ca(), *words, url or servers.tls_url()]
            os.execve(command[0], command, values)
        self.screen = screen()
        self.text = ""

    def read(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            octets = os.read(self.master, 65536)
        except OSError:
            return False
        self.text += octets.decode()
        self.screen.feed(octets.decode())
        return True

    def wait_for(self, condition, seconds=15, what=None):
        end = time.monotonic() + seconds
        while not condition():
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"waited for {what}; the screen shows:\n" + "\n".join(self.screen.rows[-30:]))
            self.read(min(left, 0.2))

    def shows(self, text):
        """A row with this text stands on the screen."""
        self.wait_for(lambda: any(text in row for row in self.screen.rows), what=repr(text))

    def prompt(self, typed=""):
        """The last row is the prompt with so much typed."""
        self.wait_for(lambda: self.screen.rows[-1].rstrip() == (self.prefix + typed).rstrip(), what=f"{typed!r} typed")

    prefix = PROMPT

    def type(self, text):
        os.write(self.master, text.encode())

    def enter(self, text):
        self.type(text + "\r")

    def end(self):
        """Ends by Control-D; the exit status."""
        self.type("\x04")
        return self.status()

    def status(self):
        end = time.monotonic() + 15
        while time.monotonic() < end:
            self.read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it does not end")

    def close(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)
        os.close(self.slave)


@contextlib.contextmanager
def opened(*words, **more):
    what = terminal(*words, **more)
    try:
        yield what
    finally:
        what.close()


class prompt(unittest.TestCase):
    def test_a_session_from_the_greeting_to_control_d(self):
        with opened() as tty:
            tty.shows("connected to localhost, TLSv1")
            tty.prompt()
            tty.enter("status INBOX messages")
            tty.shows("messages  ")
            tty.prompt()
            self.assertRegex("\n".join(tty.screen.rows), r"ok, [0-9.]+ ms")
            self.assertEqual(tty.end(), 0)
            self.assertEqual(termios.tcgetattr(tty.slave), tty.before, "the terminal is as it was")

    def test_keys_edit_the_line(self):
        with opened() as tty:
            tty.prompt()
            tty.type("satus INBOX")
            tty.type("\x01\x1b[Ct")          # home, right, t
            tty.prompt("status INBOX")
            tty.type("\x05 messäges\x7f\x7f\x7f\x7f\x7f")
            tty.prompt("status INBOX mes")
            tty.type("\x17")                  # the word before the cursor
            tty.prompt("status INBOX")
            tty.type("\x15")
            tty.prompt()
            tty.type("\x19")                  # and back
            tty.prompt("status INBOX")
            tty.type("\x1b[H\x0b")
            tty.prompt()
            tty.type("日本\x1b[D\x7f")
            tty.prompt("本")
            tty.type("\x03")
            tty.shows("^C")
            tty.prompt()
            self.assertEqual(tty.end(), 0)

    def test_a_line_longer_than_the_screen_scrolls(self):
        with opened(columns=50) as tty:
            tty.prompt()
            tty.type("status " + "x" * 60 + "END")
            tty.wait_for(lambda: tty.screen.rows[-1].endswith("xEND"), what="the end of the line")
            self.assertTrue(tty.screen.rows[-1].startswith(PROMPT))
            self.assertLess(len(tty.screen.rows[-1]), 50)
            tty.type("\x01")
            tty.wait_for(lambda: tty.screen.rows[-1].startswith(PROMPT + "status xxx"), what="its beginning")

    def test_history_within_and_across_sessions_without_passwords(self):
        with tempfile.TemporaryDirectory() as home:
            with opened(home=home) as tty:
                tty.prompt()
                tty.enter("noop")
                tty.prompt()
                tty.enter("login alice secret")
                tty.shows("failed")
                tty.prompt()
                tty.enter("status INBOX")
                tty.shows("uid_next")
                tty.prompt()
                tty.type("\x1b[A\x1b[A")
                tty.prompt("noop")
                tty.type("\x1b[B\x1b[B")
                tty.prompt()
                self.assertEqual(tty.end(), 0)
            file = pathlib.Path(home, ".local/state/coimap/history")
            self.assertEqual(file.read_text(), "noop\nstatus INBOX\n")
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
            with opened(home=home) as tty:
                tty.prompt()
                tty.type("\x1b[A")
                tty.prompt("status INBOX")
                tty.type("\x15\x12oo")
                tty.shows("(search) oo: noop")
                tty.type("\x01")
                tty.prompt("noop")

    def test_tab_completes_verbs_and_mailboxes(self):
        with opened() as tty:
            tty.prompt()
            tty.type("exp\t")
            tty.prompt("expunge")
            tty.type("\x15s\t")
            tty.type("\t")
            tty.shows("search")
            tty.shows("subscribe")
            tty.type("\x15sel\tDra\t")
            tty.prompt("select Drafts")
            tty.type("\x15")
            tty.enter('create "With Space"')
            tty.shows("ok,")
            tty.prompt()
            tty.type("status Wi\t")
            tty.prompt('status "With Space"')
            tty.type("\x15")
            tty.enter('delete "With Space"')
            tty.prompt()

    def test_events_appear_above_the_prompt_while_a_line_is_typed(self):
        with opened() as tty:
            tty.prompt()
            tty.type("status INB")
            tty.prompt("status INB")
            servers.deliver("while typing")
            tty.shows("1 new")
            tty.prompt("status INB")
            row = next(i for i, text in enumerate(tty.screen.rows) if "1 new" in text)
            self.assertTrue(tty.screen.rows[row].startswith("* "))
            tty.enter("OX messages")
            tty.shows("messages  ")
            servers.deliver("after a command")
            tty.wait_for(lambda: sum("1 new" in each for each in tty.screen.rows) == 2, what="a second event")
            self.assertEqual(tty.end(), 0)

    def test_control_c_ends_a_command_and_not_the_session(self):
        with opened() as tty:
            tty.prompt()
            tty.enter("idle")
            tty.shows("idling until Enter or Control-C")
            servers.deliver("while idling")
            tty.shows("1 new")
            tty.type("\x03")
            tty.shows("ok, ")
            tty.prompt()
            tty.enter("status INBOX unseen")
            tty.shows("unseen  ")
            self.assertEqual(tty.end(), 0)

    def test_a_line_typed_ahead_waits_for_its_turn(self):
        with opened() as tty:
            tty.prompt()
            tty.type("idle 1s\rstatus INBOX messages\r")
            tty.shows("messages  ")
            tty.prompt()
            order = "\n".join(tty.screen.rows)
            self.assertLess(order.index("idle 1s"), order.index(PROMPT + "status INBOX messages"))

    def test_a_line_typed_while_it_idles_ends_that_and_is_run(self):
        for command in ("idle", "idle 10m"):
            with opened() as tty:
                tty.prompt()
                tty.enter(command)
                tty.wait_for(lambda: tty.screen.rows[-2].endswith(command) or "idling" in tty.text, what=command)
                time.sleep(0.5)
                tty.enter("status INBOX messages")
                tty.shows("messages  ")
                tty.prompt()
                self.assertIn(PROMPT + "status INBOX messages", [each.rstrip() for each in tty.screen.rows])
                self.assertNotIn("failed", tty.text)
                self.assertEqual(tty.end(), 0)

    def test_enter_and_control_d_end_the_idling(self):
        with opened() as tty:
            tty.prompt()
            tty.enter("idle")
            tty.shows("idling until Enter")
            tty.enter("")
            tty.shows("ok, ")
            tty.prompt()
            self.assertEqual(sum(PROMPT.rstrip() in each for each in tty.screen.rows), 2, "one prompt for each command")
            tty.enter("idle 1h")
            time.sleep(0.5)
            self.assertEqual(tty.end(), 0)

    def test_a_line_pasted_behind_idle_does_not_wait_for_ever(self):
        with opened() as tty:
            tty.prompt()
            tty.type("idle\rstatus INBOX messages\r")
            tty.shows("messages  ")
            self.assertEqual(tty.end(), 0)

    def test_what_is_half_typed_when_the_idling_ends_stands_at_the_prompt(self):
        with opened() as tty:
            tty.prompt()
            tty.enter("idle 1s")
            time.sleep(0.4)
            tty.type("status IN")
            tty.prompt("status IN")

    def test_a_failed_command_leaves_the_prompt(self):
        with opened() as tty:
            tty.prompt()
            tty.enter("select nowhere")
            tty.shows("failed: SELECT: the server refused (NO")
            tty.enter("nonsense")
            tty.shows("failed: there is no command nonsense")
            self.assertEqual(tty.end(), 0)

    def test_the_password_is_asked_for_and_not_shown(self):
        with opened(ask=True) as tty:
            tty.shows("Password of alice at localhost:")
            tty.enter("wrong\x15secret")
            tty.prompt()
            self.assertNotIn("secret", tty.text)
            self.assertEqual(tty.end(), 0)
        with opened(ask=True) as tty:
            tty.shows("Password of alice")
            tty.type("\x03")
            self.assertEqual(tty.status(), 64)
            self.assertEqual(termios.tcgetattr(tty.slave), tty.before)

    def test_login_at_the_prompt_asks_for_the_password(self):
        url = f"imaps://localhost:{os.environ['COIMAP_TEST_TLS_PORT']}"
        with opened(url=url, ask=True) as tty:
            tty.shows("not logged in")
            tty.enter("login bob")
            tty.shows("Password of bob at localhost:")
            tty.enter("secret")
            tty.shows("bob@localhost>")
            tty.enter("status INBOX messages")
            tty.shows("messages  ")
            self.assertNotIn("secret", tty.text)
            self.assertEqual(tty.end(), 0)

    def test_lines_that_are_pasted_are_run_one_after_the_other(self):
        with opened() as tty:
            tty.prompt()
            tty.type("status INBOX messages\rstatus Drafts messages\rstatus Sent messages\r")
            tty.wait_for(lambda: sum(each.startswith("messages  ") for each in tty.screen.rows) == 3, what="3 results")
            tty.prompt()
            self.assertEqual(tty.end(), 0)

    def test_no_color_means_no_colours(self):
        with opened() as tty:
            tty.prompt()
            self.assertIn("\x1b[2m", tty.text)
        with opened(NO_COLOR="1") as tty:
            tty.prompt()
            self.assertNotRegex(tty.text, r"\x1b\[[0-9;]*m")

    def test_a_lost_connection_is_made_anew_by_the_next_command(self):
        def answer(tag, line):
            if line.upper().startswith(b"CAPABILITY"):
                return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n" + tag + b" OK done\r\n"
            if line.startswith(b"SELECT"):
                return b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] so\r\n" + tag + b" OK done\r\n"
            return tag + b" OK done\r\n"

        with servers.scripted(b"* OK hello\r\n", answer, connections=3) as server:
            with opened("--tls=none", url=server.url + "/INBOX") as tty:
                tty.prefix = "alice@127.0.0.1 INBOX> "
                tty.prompt()
                server.hang_up()
                tty.shows("the connection is closed")
                tty.shows("alice@127.0.0.1 (not connected)> ")
                tty.enter("help noop")
                tty.shows("may tell its news")
                tty.enter("uid store 5 +flags.silent \\Seen")
                tty.shows("in INBOX again, which has 3 messages")
                tty.prompt()
                self.assertTrue(any(b"UID STORE 5" in line for line in server.lines), server.lines)
                self.assertEqual(sum(b"AUTHENTICATE PLAIN" in line for line in server.lines), 2, server.lines)
                server.hang_up()
                tty.shows("alice@127.0.0.1 (not connected)> ")
                tty.enter("store 2 +flags \\Deleted")
                tty.shows("failed: connected again, and messages may have other numbers")
                tty.prompt()
                self.assertFalse(any(b" STORE 2" in line for line in server.lines), server.lines)
                server.hang_up()
                tty.wait_for(lambda: "(not connected)" in tty.screen.rows[-1], what="the loss")
                self.assertEqual(tty.end(), 69)
                self.assertEqual(termios.tcgetattr(tty.slave), tty.before)

    def test_a_connection_that_cannot_be_made_anew_leaves_the_prompt(self):
        with servers.scripted(b"* PREAUTH hello\r\n") as server:
            with opened("--tls=none", url=server.url) as tty:
                tty.shows("connected")
                server.hang_up()
                tty.shows("(not connected)> ")
                server.listener.close()
                tty.enter("noop")
                tty.shows("failed: ")
                tty.enter("quit")
                self.assertEqual(tty.status(), 0)

    def test_sigterm_leaves_the_terminal_as_it_was(self):
        with opened() as tty:
            tty.prompt()
            os.kill(tty.pid, signal.SIGTERM)
            self.assertEqual(tty.status(), 0)
            self.assertEqual(termios.tcgetattr(tty.slave), tty.before)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + sys.argv[2:])
