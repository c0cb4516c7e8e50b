#!/usr/bin/env node
// Akamai EdgeGrid as Akamai's own client for Node computes it: an oracle of the differential test in tests/sign/edgegrid.rs.
//
// Reads the same questions as edgegrid.py, and answers each with one line on stdout:
//     url (as it understood it), data (what is signed), authorization
// or {"error": TEXT}.
//
// Where it departs from the specification the test leaves the request out, by these names (beside those of edgegrid.py):
//
//   url           It signs what the URL class makes of the URL: dots removed, characters escaped. Only a URL that the class
//                 leaves as it is can be compared.
//   binary-body   It takes text: bytes that are not UTF-8 cannot be handed over.
//   max-body      It always cuts at 131072, and counts UTF-16 units, not bytes ("the first max_body bytes").
'use strict';

const Path = require('path');
const Readline = require('readline');

// By path: the package exports neither.
const source = Path.join(process.env.NODE_PATH, 'akamai-edgegrid', 'src');
const auth = require(Path.join(source, 'auth.js'));
const helpers = require(Path.join(source, 'helpers.js'));

const sign = (line) => {
    const named = (name) => line.headers.find(([key]) => key.toLowerCase() === name.toLowerCase());
    const headersToSign = {};
    for (const name of line.headers_to_sign) {
        if (named(name)) {
            headersToSign[name] = named(name)[1];
        }
    }
    const { origin } = new URL(line.url);
    const request = {
        method: line.method, path: line.url, headers: {}, headersToSign,
        body: Buffer.from(line.body, 'base64').toString('utf8')
    };
    let data;
    const dataToSign = helpers.dataToSign;
    helpers.dataToSign = (...rest) => (data = dataToSign.apply(helpers, rest));
    auth.generateAuth(request, line.client_token, line.client_secret, line.access_token, origin, undefined, line.nonce, line.timestamp);
    helpers.dataToSign = dataToSign;
    return { url: request.url, data, authorization: request.headers.Authorization };
};

const main = async () => {
    for await (const text of Readline.createInterface({ input: process.stdin })) {
        let answer;
        try {
            answer = sign(JSON.parse(text));
        }
        catch (error) {
            answer = { error: `${error.stack}` };
        }
        process.stdout.write(JSON.stringify(answer) + '\n');
    }
};

main();
