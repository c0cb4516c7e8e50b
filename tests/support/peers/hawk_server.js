#!/usr/bin/env node
// A server of Hawk's reference implementation, @hapi/hawk, on a free port of 127.0.0.1.
//
// Prints one JSON line when it is ready, {port}, and runs until its stdin closes. The key "k1" of sha256 is "werxhqb98rpa", "k2"
// of sha1 "aoijedoaijsd". What it does differs by the path's beginning:
//
//   /payload   the payload must be signed
//   /skewed    its clock is an hour ahead
//   /liar      it complains of the clock, with a time that is not signed with the key
//   /stuck     it complains of the clock for ever
//   /forged    its Server-Authorization is made with another key
//   /tampered  its Server-Authorization is for another body
//   /bewit     the URL must be signed
//   /log       answers with how many requests each path has had; needs no key
'use strict';

const Http = require('http');

const Hawk = require('@hapi/hawk');

const keys = {
    k1: { id: 'k1', key: 'werxhqb98rpa', algorithm: 'sha256' },
    k2: { id: 'k2', key: 'aoijedoaijsd', algorithm: 'sha1' }
};
const seen = {};
const HOUR = 3600 * 1000;

const bodyOf = async (request) => {
    const pieces = [];
    for await (const piece of request) {
        pieces.push(piece);
    }
    return Buffer.concat(pieces);
};

const authenticate = (request, kind, payload) => {
    const options = {};
    if (kind === 'payload') {
        options.payload = payload;
    }
    if (kind === 'skewed') {
        options.localtimeOffsetMsec = HOUR;
    }
    if (kind === 'stuck') {
        // Always an hour from what the request says.
        const { ts } = Hawk.utils.parseAuthorizationHeader(request.headers.authorization);
        options.localtimeOffsetMsec = ts * 1000 + HOUR - Date.now();
    }
    if (kind === 'liar') {
        const error = new Error('Stale timestamp');
        error.output = { headers: { 'WWW-Authenticate': `Hawk ts="1", tsm="${'A'.repeat(43)}=", error="Stale timestamp"` } };
        throw error;
    }
    const find = (id) => keys[id];
    return kind === 'bewit' ? Hawk.uri.authenticate(request, find, options) : Hawk.server.authenticate(request, find, options);
};

const answer = async (request, response) => {
    const payload = await bodyOf(request);
    const kind = request.url.split(/[/?]/)[1];
    if (kind === 'log') {
        return response.end(JSON.stringify(seen));
    }
    seen[kind] = (seen[kind] || 0) + 1;
    const type = 'text/plain; charset=utf-8';
    const text = `signed with ${kind}`;
    try {
        const { credentials, artifacts } = await authenticate(request, kind, payload);
        const headers = { 'Content-Type': type };
        if (artifacts) {
            const signer = kind === 'forged' ? { ...credentials, key: 'another' } : credentials;
            const body = kind === 'tampered' ? 'another' : text;
            headers['Server-Authorization'] = Hawk.server.header(signer, artifacts, { payload: body, contentType: type, ext: 'e' });
        }
        response.writeHead(200, headers);
        response.end(text);
    }
    catch (error) {
        const headers = error.output ? error.output.headers : {};
        response.writeHead(401, { 'Content-Type': type, ...headers });
        response.end(error.message);
    }
};

const server = Http.createServer(answer);
server.listen(0, '127.0.0.1', () => process.stdout.write(JSON.stringify({ port: server.address().port }) + '\n'));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
