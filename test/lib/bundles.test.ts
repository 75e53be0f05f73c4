import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { keptExceptions } from '../../lib/constructs/functions/lean-clients.ts';
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
const usualBudget = 250_000;
const budgets: Record<string, number> = {
  'chat-completions': 198_000,
  messages: 195_500,
  responses: 200_000,
  // No AWS client.
  'get-openapi': 70_000,
  models: 35_000,
  'list-plans': 35_000,
  // Its tokens are read, written and counted without AWS's clients.
  embeddings: 115_000,
  'provider-login': 260_000,
  // Three clients: those of the table, the gateway's keys or the user pool, and KMS. What clients share is 150 kB.
  'change-password': 290_000,
  'own-sessions': 275_000,
  'revoke-api-key': 275_000,
  authenticator: 280_000,
  passkeys: 285_000,
  'rotate-api-key': 295_000,
  // With the whole of a chat's contract.
  'count-message-tokens': 300_000,
  'reset-password': 305_000,
  'create-api-key': 310_000,
  'update-api-key': 315_000,
  // Four.
  'delete-me': 330_000,
  reconcile: 330_000,
  admin: 385_000,
};

/** Not in every deployment. */
const off = ['authenticator', 'passkeys', 'provider-login'];

test('each function keeps within its bytes', () => {
  const unknown = Object.keys(budgets).filter((name) => !bundles.has(name) && !off.includes(name));
  expect(unknown).toEqual([]);
  const above = [...bundles]
    .filter(([name, { length }]) => length > (budgets[name] ?? usualBudget))
    .map(([name, { length }]) => `${name}: ${length}`);
  expect(above).toEqual([]);
});

/** Each is in the code of a library that a function must not carry. */
const forbidden = {
  "the AWS SDK's default credential chain": 'credential_process',
  'the client of SSO': 'GetRoleCredentials',
  zod: 'ZodDiscriminatedUnion',
  "the SDK's event streams": '@smithy/core/event-streams - ',
  'the client of STS': 'AssumeRoleWithWebIdentity',
  // For the billing function, and others that this stack doesn't have: template-billing.test.ts.
  'the library of Stripe': 'api.stripe.com',
};

test.each(Object.entries(forbidden))('no function carries %s', (_library, mark) => {
  expect([...bundles].filter(([, code]) => code.includes(mark)).map(([name]) => name)).toEqual([]);
});

test('exceptions that functions know by their class keep it', () => {
  const sources = globSync('lambda/**/*.ts', { cwd: resolve(assembly, '..') }).map((file) =>
    readFileSync(resolve(assembly, '..', file), 'utf8'),
  );
  const known = sources.flatMap((text) =>
    [...text.matchAll(/instanceof (\w+Exception)\b/g)].map(([, name = '']) => name),
  );
  expect(known).not.toEqual([]);
  expect(keptExceptions).toEqual(expect.arrayContaining(known));
});
