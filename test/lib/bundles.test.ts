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
const usualBudget = 250_000;
const budgets: Record<string, number> = {
  'chat-completions': 195_000,
  messages: 195_000,
  responses: 200_000,
  // No AWS client.
  'get-openapi': 72_000,
  'get-model': 35_000,
  'list-models': 35_000,
  'list-plans': 35_000,
  // The table's client, and the user pool's, the key management's or the models'.
  'provider-login': 290_000,
  // The user pool's client, and the table by the transport of our own.
  'create-session': 270_000,
  'end-session': 270_000,
  'refresh-session': 270_000,
  'one-time-messages': 275_000,
  'confirm-registration': 290_000,
  'forgot-password': 290_000,
  logout: 290_000,
  register: 290_000,
  'resend-code': 290_000,
  embeddings: 315_000,
  authenticator: 325_000,
  'change-password': 325_000,
  'own-sessions': 325_000,
  passkeys: 325_000,
  'revoke-api-key': 325_000,
  // Three clients and more, or the models' with all its shapes.
  'update-api-key': 365_000,
  'rotate-api-key': 365_000,
  'count-message-tokens': 380_000,
  'create-api-key': 385_000,
  'reset-password': 385_000,
  'delete-me': 410_000,
  reconcile: 410_000,
  admin: 460_000,
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
};

test.each(Object.entries(forbidden))('no function carries %s', (_library, mark) => {
  expect([...bundles].filter(([, code]) => code.includes(mark)).map(([name]) => name)).toEqual([]);
});
