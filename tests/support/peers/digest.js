#!/usr/bin/env node
// Digest responses as digest-fetch computes them: an oracle of the differential test in tests/digest. It knows all six
// algorithms, and no auth-int.
//
// Reads one JSON object a line on stdin, as digest.py does, and answers each with one line on stdout: {response, nc, cnonce}.
'use strict';

const Readline = require('readline');
const { pathToFileURL } = require('url');

const answer = (Client, line) => {
    const client = new Client(line.username, line.password, { algorithm: line.algorithm });
    client.parseAuth(`Digest realm="", nonce="${line.nonce}", qop="${line.qop}"`);
    // Its parser takes quotes out of a realm; what is computed with the realm is not the parser's.
    client.digest.realm = line.realm;
    client.digest.qop = line.qop || null;
    const { Authorization } = client.addAuth(line.url, { method: line.method, headers: {} }).headers;
    const field = (name) => new RegExp(`[ ,]${name}="?([0-9a-f]+)`).exec(Authorization)[1];
    return { response: field('response'), nc: field('nc'), cnonce: field('cnonce') };
};

const main = async () => {
    const { default: Client } = await import(pathToFileURL(require.resolve('digest-fetch')));
    for await (const text of Readline.createInterface({ input: process.stdin })) {
        process.stdout.write(`${JSON.stringify(answer(Client, JSON.parse(text)))}\n`);
    }
};

main();
