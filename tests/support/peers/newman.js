// Runs collections with newman: a line of JSON with a collection, and an environment or data, in, a line with the failures out.
'use strict';

const newman = require('newman');
const readline = require('readline');

async function run(options) {
    return new Promise((resolve) => {
        newman.run({ ...options, reporters: [], timeoutRequest: 20000 }, (error, summary) => {
            const failures = error ? [String(error)] : summary.run.failures.map((failure) => String(failure.error));
            resolve({ failures });
        });
    });
}

(async () => {
    for await (const line of readline.createInterface({ input: process.stdin })) {
        console.log(JSON.stringify(await run(JSON.parse(line))));
    }
})();
