"""Twisted's IMAP4Client: answers in nested lists, texts decoded, one command at a time."""

import sys

from twisted.internet import defer, endpoints, reactor, ssl
from twisted.mail import imap4

import measure

asked = measure.arguments()
items = {"uid": 1, "flags": 1, "internaldate": 1, "rfc822.size": 1, "envelope": 1, "bodystructure": 1}
everything = imap4.MessageSet(1, None)


class Client(imap4.IMAP4Client):
    def __init__(self):
        super().__init__()
        self.greeted = defer.Deferred()
        self.lost = defer.Deferred()

    def serverGreeting(self, capabilities):
        self.greeted.callback(self)

    def connectionLost(self, reason):
        super().connectionLost(reason)
        self.lost.callback(None)
        if not self.greeted.called:
            self.greeted.errback(reason)


async def connect():
    if asked.tls:
        with open(asked.ca) as file:
            roots = ssl.trustRootFromCertificates([ssl.Certificate.loadPEM(file.read())])
        endpoint = endpoints.wrapClientTLS(ssl.optionsForClientTLS("localhost", trustRoot=roots),
                                           endpoints.TCP4ClientEndpoint(reactor, asked.host, asked.port))
    else:
        endpoint = endpoints.TCP4ClientEndpoint(reactor, asked.host, asked.port)
    client = await endpoints.connectProtocol(endpoint, Client())
    return await client.greeted


async def metadata(client):
    # fetchAll() and its like know no UID and no BODYSTRUCTURE: this is what they call.
    return len(await client._fetch(everything, useUID=1, **items)), 0


async def bodies(client):
    found = await client.fetchSpecific(everything, uid=1, peek=True)
    return len(found), sum(len(parts[-1][-1]) for parts in found.values())


async def roundtrip(client):
    for _ in range(asked.count):
        await client.noop()
    return asked.count, 0


async def store(client):
    for uid in range(1, asked.count + 1):
        await client.addFlags(str(uid), [r"\Seen"], uid=1)
    return asked.count, 0


workloads = {"metadata": metadata, "bodies": bodies, "literal": bodies, "roundtrip": roundtrip, "store": store}


async def run():
    if asked.workload == "connect":
        work = measure.Work()
        for _ in range(asked.count):
            client = await connect()
            await client.logout()
            client.transport.loseConnection()
            await client.lost
        work.finish(asked.count)
        return
    client = await connect()
    # login() would begin STARTTLS by itself where the server has it.
    await client.sendCommand(imap4.Command(b"LOGIN", f'"{asked.user}" "{asked.password}"'.encode()))
    await client.select(asked.mailbox)
    work = measure.Work()
    work.finish(*await workloads[asked.workload](client))
    await client.logout()


def main():
    status = []

    def end(result):
        if result is not None:
            print(result, file=sys.stderr)
            status.append(1)
        reactor.stop()

    reactor.callWhenRunning(lambda: defer.Deferred.fromCoroutine(run()).addBoth(end))
    reactor.run()
    sys.exit(1 if status else 0)


if asked.workload != "connect" and asked.workload not in workloads:
    measure.cannot(f"Twisted's client cannot do {asked.workload}")
main()
