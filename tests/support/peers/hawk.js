#!/usr/bin/env node
// Hawk as its reference implementation, @hapi/hawk, computes it: an oracle of the differential test in tests/sign/hawk.rs.
//
// Reads one JSON object a line on stdin, the same as hawk.py, with protocol, host, port, resource beside url, and header
// (what is to be verified), and answers each with one line on stdout:
//     normalized, header, accepted (true, or why not); for a bewit: bewit, accepted
// or {"error": TEXT}.
//
// The client's own URL parsing is left out: url.parse escapes characters that go out as they are. It is handed the parts.
//
// Where it departs from the specification the test leaves the request out, by these names:
//
//   ext-escape   The server's parser takes no `"` and no `\` in an attribute, escaped or not, though its client writes them.
//   long-header  The server refuses headers of more than 4096 characters.
'use strict';

const Readline = require('readline');

const Hawk = require('@hapi/hawk');

const credentialsOf = (line) => ({ id: line.id, key: line.key, algorithm: line.algorithm });

// The clock of the peer, set to a second: half of it past, so that a tick in between changes nothing.
const offset = (seconds) => seconds * 1000 + 500 - Date.now();

const accepted = async (verify) => {
    try {
        await verify();
        return true;
    }
    catch (error) {
        return `${error.message}`;
    }
};

const uriOf = (line) => {
    const [pathname, ...query] = line.resource.split('?');
    return { protocol: line.protocol, hostname: line.host, port: line.port, pathname, search: query.length ? '?' + query.join('?') : '' };
};

const header = async (line) => {
    const credentials = credentialsOf(line);
    const payload = line.payload === null ? undefined : Buffer.from(line.payload, 'base64');
    const options = {
        credentials, payload, contentType: line.content_type, timestamp: line.ts, nonce: line.nonce,
        ext: line.ext, app: line.app, dlg: line.dlg
    };
    const made = Hawk.client.header(uriOf(line), line.method, options);
    const request = {
        method: line.method, url: line.resource, host: line.host, port: line.port,
        authorization: line.header, contentType: line.content_type
    };
    const verify = () => Hawk.server.authenticate(request, () => credentials, { payload, localtimeOffsetMsec: offset(line.ts) });
    return {
        normalized: Hawk.crypto.generateNormalizedString('header', made.artifacts),
        header: made.header,
        accepted: await accepted(verify)
    };
};

const bewit = async (line) => {
    const credentials = credentialsOf(line);
    const made = Hawk.uri.getBewit(uriOf(line), { credentials, ttlSec: line.exp - line.ts, ext: line.ext, localtimeOffsetMsec: offset(line.ts) });
    const request = { method: 'GET', url: line.signed_resource, host: line.host, port: line.port };
    const verify = () => Hawk.uri.authenticate(request, () => credentials, { localtimeOffsetMsec: offset(line.ts) });
    return { bewit: made, accepted: await accepted(verify) };
};

const main = async () => {
    for await (const text of Readline.createInterface({ input: process.stdin })) {
        let answer;
        try {
            const line = JSON.parse(text);
            answer = line.kind === 'header' ? await header(line) : await bewit(line);
        }
        catch (error) {
            answer = { error: `${error.stack}` };
        }
        process.stdout.write(JSON.stringify(answer) + '\n');
    }
};

main();
