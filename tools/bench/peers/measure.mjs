// What every peer on Node needs: the arguments, and the lines with the measurement.

import { readFileSync, writeSync } from 'node:fs';

export const asked = { workload: process.argv[2], host: '127.0.0.1', port: 143, tls: 'no', mailbox: 'INBOX', count: 1 };
for (const argument of process.argv.slice(3)) {
    const [key, value] = argument.split(/=(.*)/s);
    asked[key] = typeof asked[key] === 'number' ? Number(value) : value;
}
export const tls = asked.tls === 'yes' ? { ca: readFileSync(asked.ca), servername: 'localhost' } : undefined;

export function memory(name) {
    return Number(readFileSync('/proc/self/status', 'utf8').match(new RegExp(`^${name}:\\s*(\\d+)`, 'm'))[1]);
}

export function say(line) {
    writeSync(1, JSON.stringify(line) + '\n');
}

export function cannot(why) {
    console.error(why);
    process.exit(3);
}

function cpu(since) {
    const { user, system } = process.cpuUsage(since); // getrusage(2), microseconds
    return { user: user / 1e6, sys: system / 1e6 };
}

export async function measure(work) {
    const used = process.cpuUsage();
    const start = process.hrtime.bigint();
    const [items, bytes = 0] = await work();
    const wall = Number(process.hrtime.bigint() - start) / 1e9;
    say({ items, bytes, wall, ...cpu(used), peak_kib: memory('VmHWM') });
}

// The second half of the workload idle: open() has begun to idle when its promise is kept, and calls what it
// is given at the first news of its connection.
export async function idle(warmUp, open) {
    await warmUp();
    const before = memory('VmRSS');
    const received = [];
    let used;
    await new Promise((resolve, reject) => {
        const heard = () => {
            received.push(Math.round((performance.timeOrigin + performance.now()) * 1000));
            if (received.length === asked.count) resolve();
        };
        (async () => {
            for (let i = 0; i < asked.count; ++i) await open(heard);
            say({ idling: asked.count, rss_before_kib: before, rss_kib: memory('VmRSS') });
            used = process.cpuUsage();
        })().catch(reject);
    });
    say({ events: received.length, ...cpu(used), received_us: received });
    process.exit(0);
}
