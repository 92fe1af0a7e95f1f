// ImapFlow: values typed, results by an asynchronous iterator, bodies in memory or as a stream of parts.

import { ImapFlow } from 'imapflow';
import { asked, cannot, idle, measure, tls } from './measure.mjs';

async function connect() {
    const client = new ImapFlow({
        host: asked.host, port: asked.port, secure: Boolean(tls), tls, doSTARTTLS: tls ? undefined : false,
        auth: { user: asked.user, pass: asked.password, loginMethod: 'LOGIN' },
        logger: false, disableAutoIdle: true, disableCompression: true,
    });
    client.on('error', () => process.exit(1));
    await client.connect();
    return client;
}

const workloads = {
    async metadata(client) {
        const what = { uid: true, flags: true, internalDate: true, size: true, envelope: true, bodyStructure: true };
        let items = 0;
        for await (const message of client.fetch('1:*', what, { uid: true })) items += message.envelope ? 1 : 0;
        return [items];
    },
    async bodies(client) {
        let items = 0, bytes = 0;
        for await (const message of client.fetch('1:*', { uid: true, source: true }, { uid: true })) {
            ++items;
            bytes += message.source.length;
        }
        return [items, bytes];
    },
    async literal(client) {
        let bytes = 0;
        const { content } = await client.download('*', undefined, { uid: true });
        for await (const piece of content) bytes += piece.length;
        return [1, bytes];
    },
    async roundtrip(client) {
        for (let i = 0; i < asked.count; ++i) await client.noop();
        return [asked.count];
    },
    async store(client) {
        for (let uid = 1; uid <= asked.count; ++uid)
            await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true, silent: true });
        return [asked.count];
    },
};

async function openIdling(heard) {
    const client = await connect();
    await client.mailboxOpen(asked.mailbox);
    client.once('exists', heard);
    // idle() tells when it has ended, not when the server has agreed to it.
    await new Promise(resolve => {
        const exec = client.exec;
        client.exec = (command, words, options) => {
            client.exec = exec;
            return exec.call(client, command, words, { ...options, onPlusTag: async () => {
                await options.onPlusTag();
                resolve();
            } });
        };
        client.idle();
    });
}

if (asked.workload === 'idle') {
    await idle(async () => (await connect()).logout(), openIdling);
} else if (asked.workload === 'connect') {
    cannot('ImapFlow always logs in when it connects');
} else if (!workloads[asked.workload]) {
    cannot(`ImapFlow sends one command at a time, it cannot do ${asked.workload}`);
} else {
    const client = await connect();
    await client.mailboxOpen(asked.mailbox);
    await measure(() => workloads[asked.workload](client));
    await client.logout();
    process.exit(0);
}
