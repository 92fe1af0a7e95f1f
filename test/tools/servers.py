"""Servers for the program to talk to: the private Dovecot, and ones that say what a test tells them to."""

import contextlib
import imaplib
import os
import socket
import ssl
import threading

HOST = "localhost"


def tls_url(user="alice", mailbox="INBOX"):
    return f"imaps://{user}@{HOST}:{os.environ['COIMAP_TEST_TLS_PORT']}/{mailbox}"


def plain_url(user="alice", mailbox="INBOX"):
    return f"imap://{user}@{HOST}:{os.environ['COIMAP_TEST_PORT']}/{mailbox}"


def ca():
    return os.environ["COIMAP_TEST_CA"]


@contextlib.contextmanager
def other_client(user="alice", mailbox="INBOX"):
    """A second connection, by another implementation."""
    context = ssl.create_default_context(cafile=ca())
    connection = imaplib.IMAP4_SSL(HOST, int(os.environ["COIMAP_TEST_TLS_PORT"]), ssl_context=context)
    connection.login(user, "secret")
    connection.select(mailbox)
    try:
        yield connection
    finally:
        connection.logout()


def deliver(subject="delivered", mailbox="INBOX", user="alice"):
    with other_client(user) as connection:
        connection.append(mailbox, None, None, f"Subject: {subject}\r\n\r\nhello\r\n".encode())


class scripted:
    """Accepts connections, one after the other, and answers each line by a function of it: octets, or None to
    hang up."""

    def __init__(self, greeting, answer=lambda tag, line: tag + b" OK done\r\n", connections=1):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lines = []
        self.peer = None
        self.greeting, self.answer, self.connections = greeting, answer, connections
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"imap://alice@127.0.0.1:{self.port}"

    def serve(self):
        for _ in range(self.connections):
            self.serve_one()

    def serve_one(self):
        with contextlib.suppress(OSError):
            peer, _ = self.listener.accept()
            self.peer = peer
            with peer:
                if self.greeting is None:
                    return
                peer.sendall(self.greeting)
                for line in peer.makefile("rb"):
                    self.lines.append(line)
                    tag, _, rest = line.rstrip(b"\r\n").partition(b" ")
                    answer = self.answer(tag, rest)
                    if answer is None:
                        return
                    peer.sendall(answer)

    def hang_up(self):
        self.peer.shutdown(socket.SHUT_RDWR)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        self.thread.join(timeout=5)
