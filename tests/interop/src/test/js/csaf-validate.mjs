// SPDX-License-Identifier: Apache-2.0
// The npm package "@secvisogram/csaf-validator-lib", the validator of the BSI, which nobody here wrote. No network.
// node csaf-validate.mjs MODULES FILE...
// Prints one line of JSON: for each file whether its strict schema and every mandatory test of CSAF 2.0, 6.1, pass, the
// names of those that fail, with their messages, how many ran, and which optional tests (6.2) warn.
import { pathToFileURL } from 'node:url';
import { readFile } from 'node:fs/promises';

const [modules, ...files] = process.argv.slice(2);
globalThis.fetch = () => Promise.reject(new Error('no network here'));
const load = name => import(pathToFileURL(`${modules}/@secvisogram/csaf-validator-lib/${name}.js`).href);
const { default: validate } = await load('validateStrict');
const { csaf_2_0_strict: schema } = await load('schemaTests');
const mandatory = Object.values(await load('mandatoryTests'));
const optional = Object.values(await load('optionalTests'));

const said = {};
for (const file of files) {
  const document = JSON.parse(await readFile(file, 'utf8'));
  const must = await validate([schema, ...mandatory], document);
  const should = await validate(optional, document);
  said[file] = {
    valid: must.isValid,
    ran: must.tests.length,
    failed: must.tests
      .filter(test => !test.isValid)
      .map(test => `${test.name}: ${test.errors.map(error => error.message).join(', ')}`),
    warned: should.tests.filter(test => test.warnings.length > 0).map(test => test.name),
  };
}
console.log(JSON.stringify(said));
