// node-imap: values typed, results by events, bodies as streams.

import Imap from 'imap';
import { once } from 'node:events';
import { asked, cannot, idle, measure, tls } from './measure.mjs';

async function connect() {
    const client = new Imap({
        host: asked.host, port: asked.port, tls: Boolean(tls), tlsOptions: tls, autotls: 'never',
        user: asked.user, password: asked.password, keepalive: asked.workload === 'idle' && { interval: 10000 },
    });
    client.connect();
    await once(client, 'ready');
    return client;
}

const finished = start => new Promise((resolve, reject) => start(error => error ? reject(error) : resolve()));

function fetch(client, options, each) {
    return new Promise((resolve, reject) => {
        let items = 0;
        const request = client.fetch('1:*', options);
        request.on('message', message => {
            ++items;
            each(message);
        });
        request.once('error', reject);
        request.once('end', () => resolve(items));
    });
}

const workloads = {
    async metadata(client) {
        let items = 0;
        await fetch(client, { envelope: true, struct: true, size: true },
                    message => message.once('attributes', () => ++items));
        return [items];
    },
    async bodies(client) {
        let bytes = 0;
        const items = await fetch(client, { bodies: '' }, message => message.on('body', stream => {
            stream.on('data', piece => bytes += piece.length);
        }));
        return [items, bytes];
    },
    async store(client) {
        for (let uid = 1; uid <= asked.count; ++uid) await finished(done => client.addFlags(uid, '\\Seen', done));
        return [asked.count];
    },
};
workloads.literal = workloads.bodies;

async function openIdling(heard) {
    const client = await connect();
    await finished(done => client.openBox(asked.mailbox, false, done));
    // It idles by itself when it has nothing to do, and tells nobody.
    while (!(client._idle.started > 0)) await new Promise(resolve => setTimeout(resolve, 1));
    client.once('mail', heard);
}

async function leave(client) {
    client.end();
    await once(client, 'close'); // after TLS there is no 'end'
}

if (asked.workload === 'idle') {
    await idle(async () => leave(await connect()), openIdling);
} else if (asked.workload === 'connect') {
    cannot('node-imap always logs in when it connects');
} else if (!workloads[asked.workload]) {
    cannot(`node-imap has no NOOP for its users, it cannot do ${asked.workload}`);
} else {
    const client = await connect();
    await finished(done => client.openBox(asked.mailbox, false, done));
    await measure(() => workloads[asked.workload](client));
    await leave(client);
}
