#!/usr/bin/env node
// Variables as Postman's own library replaces them: an oracle of the differential test in tests/sign/variables.rs.
//
// Reads one JSON object a line on stdin, {"scopes": [[{key, value, disabled}]], "text"}, scopes in the order of precedence, and
// answers each with one line on stdout: {"text"}. What nothing defines stays in the text, with its braces.
'use strict';

const Readline = require('readline');

const { Property, VariableList } = require('postman-collection');

const main = async () => {
    for await (const text of Readline.createInterface({ input: process.stdin })) {
        const line = JSON.parse(text);
        const scopes = line.scopes.map((rows) => new VariableList(null, rows));
        process.stdout.write(JSON.stringify({ text: Property.replaceSubstitutions(line.text, ...scopes) }) + '\n');
    }
};

main();
