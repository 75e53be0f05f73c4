import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { functionsOf, readTemplate } from './template.ts';

const assembly = resolve(import.meta.dirname, '../../cdk.out');

/** The code of each of our functions, by its handler's name, as it is deployed. */
const bundles = new Map(
  [...functionsOf(readTemplate())].map(([name, [, { Properties }]]) => {
    const hash: string = Properties.Code.S3Key.replace(/\.zip$/, '');
    return [name, readFileSync(resolve(assembly, `asset.${hash}/index.js`))];
  }),
);

/** Bytes that are read, compiled and kept at each cold start. Raise one only for something worth the wait. */
const usualBudget = 655_000;
const budgets: Record<string, number> = {
  'chat-completions': 240_000,
  messages: 240_000,
  responses: 240_000,
  // No AWS client.
  'get-openapi': 75_000,
  'get-model': 40_000,
  'list-models': 40_000,
  'list-plans': 40_000,
};

test('each function keeps within its bytes', () => {
  expect([...bundles.keys()]).toEqual(expect.arrayContaining(Object.keys(budgets)));
  const above = [...bundles]
    .filter(([name, { length }]) => length > (budgets[name] ?? usualBudget))
    .map(([name, { length }]) => `${name}: ${length}`);
  expect(above).toEqual([]);
});

/** Each is in the code of a library that a function must not carry. */
const forbidden = {
  "the AWS SDK's default credential chain": 'credential_process',
  'the client of SSO': 'GetRoleCredentials',
  'the client of STS': 'AssumeRoleWithWebIdentity',
};

test.each(Object.entries(forbidden))('no function carries %s', (_library, mark) => {
  expect([...bundles].filter(([, code]) => code.includes(mark)).map(([name]) => name)).toEqual([]);
});
