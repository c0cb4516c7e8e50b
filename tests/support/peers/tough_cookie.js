#!/usr/bin/env node
// tough-cookie, the cookie jar of jsdom and newman: which cookies it keeps, and which a request carries.
//
// Reads one JSON object a line on stdin:
//     set (a list of {url, header}: a response's URL and its Set-Cookie header), urls
// and answers each with one line on stdout:
//     cookies (what it keeps, in the order in which they were made), headers (the Cookie header for each URL)
'use strict';

const Readline = require('readline');

const { CookieJar } = require('tough-cookie');

const answer = ({ set, urls }) => {
    const jar = new CookieJar(undefined, { prefixSecurity: 'silent', allowSecureOnLocal: true });
    for (const { url, header } of set) {
        jar.setCookieSync(header, url, { ignoreError: true });
    }
    const { cookies } = jar.serializeSync();
    return { cookies, headers: urls.map((url) => jar.getCookieStringSync(url)) };
};

Readline.createInterface({ input: process.stdin }).on('line', (line) => {
    console.log(JSON.stringify(answer(JSON.parse(line))));
});
