"""Python's imaplib: it frames the answers and leaves their parsing to its user."""

import imaplib
import ssl

import measure

asked = measure.arguments()
imaplib._MAXLINE = 100_000_000  # 1 MB by default, and an envelope may be as long as it likes


def connect():
    if not asked.tls:
        return imaplib.IMAP4(asked.host, asked.port)
    context = ssl.create_default_context(cafile=asked.ca)
    return imaplib.IMAP4_SSL("localhost", asked.port, ssl_context=context)


def good(answer):
    kind, data = answer
    if kind != "OK":
        raise SystemExit(f"the server said {kind}: {data}")
    return data


def metadata(client):
    items = "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)"
    answer = good(client.uid("FETCH", "1:*", items))
    # A message whose answer had literals comes as several tuples and ends in a plain string.
    return sum(isinstance(part, bytes) for part in answer), 0


def bodies(client):
    answer = good(client.uid("FETCH", "1:*", "(UID BODY.PEEK[])"))
    found = [len(part[1]) for part in answer if isinstance(part, tuple)]
    return len(found), sum(found)


def roundtrip(client):
    for _ in range(asked.count):
        good(client.noop())
    return asked.count, 0


def store(client):
    for uid in range(1, asked.count + 1):
        good(client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)"))
    return asked.count, 0


def connects():
    work = measure.Work()
    for _ in range(asked.count):
        connect().logout()
    work.finish(asked.count)


workloads = {"metadata": metadata, "bodies": bodies, "literal": bodies, "roundtrip": roundtrip, "store": store}

if asked.workload == "connect":
    connects()
elif asked.workload not in workloads:
    measure.cannot(f"imaplib of Python 3.11 cannot do {asked.workload}")
else:
    client = connect()
    good(client.login(asked.user, asked.password))
    good(client.select(asked.mailbox))
    work = measure.Work()
    work.finish(*workloads[asked.workload](client))
    client.logout()
