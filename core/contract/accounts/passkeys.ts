import * as z from 'zod';
import { isoTime, type RouteContract } from '../route-contract.ts';
import { emailBody, knownPassword } from './account-requests.ts';
import { consoleSessionAnswer, statusAnswer } from './accounts.ts';
import { sessionHeader, sessionPath } from './sessions.ts';

const bytes = (most: number) =>
  z
    .string()
    .max(most, `must have at most ${most} characters`)
    .regex(/^[\w-]+$/, 'must be base64url');

const passkeyId = bytes(1400);
const response = { clientDataJSON: bytes(8192) };
const common = {
  id: passkeyId.describe('The passkey’s id, base64url'),
  rawId: passkeyId,
  type: z.literal('public-key'),
};

/** As `PublicKeyCredential.toJSON()` writes them; browsers may add more, which Cognito reads or leaves out. */
const newCredential = z
  .looseObject({
    ...common,
    response: z.looseObject({ ...response, attestationObject: bytes(65_536) }),
  })
  .describe('What `navigator.credentials.create()` gave, by its `toJSON()`');
const usedCredential = z
  .looseObject({
    ...common,
    response: z.looseObject({ ...response, authenticatorData: bytes(8192), signature: bytes(8192) }),
  })
  .describe('What `navigator.credentials.get()` gave, by its `toJSON()`');

export const passkeyLoginBody = emailBody;
export const finishPasskeyLoginBody = z.strictObject({
  session: z.string().min(1, 'must not be empty').max(8192).describe('The `session` of the beginning'),
  credential: usedCredential,
});
export const addPasskeyBody = z.strictObject({ password: knownPassword });
export const finishPasskeyBody = z.strictObject({ credential: newCredential });

const publicKey = z.looseObject({
  challenge: z.string().describe('What the passkey signs, base64url'),
});

const onlyWhere = 'logIn.passkeys';
/** The session's cookie says who it is. */
const ofSession = {
  access: 'session',
  onlyWhere,
  headers: {
    [sessionHeader.name]: {
      description: 'Shows that the call comes from a page of this origin',
      required: true,
      schema: z.literal(sessionHeader.value),
    },
  },
} as const;
const ownRefusals = ['session_expired', 'cross_site_request', 'too_many_attempts'] as const;

/** Passkeys (WebAuthn) of the console's pages. */
export const passkeyRoutes = {
  beginPasskeyLogin: {
    method: 'post',
    path: `${sessionPath}/passkey`,
    access: 'public',
    onlyWhere,
    summary: 'Begin a login with a passkey from a web page',
    body: passkeyLoginBody,
    answers: {
      200: {
        description:
          'What the passkey has to sign. The answer is of the same form for addresses that have no passkey, or no account',
        schema: z.strictObject({
          session: z.string().describe('Send it with the signature within three minutes'),
          publicKey: publicKey.describe(
            'For `PublicKeyCredential.parseRequestOptionsFromJSON()` and `navigator.credentials.get()`',
          ),
        }),
      },
    },
    errors: ['provider_login_required', 'cross_site_request'],
  },
  finishPasskeyLogin: {
    method: 'post',
    path: `${sessionPath}/passkey/finish`,
    access: 'public',
    onlyWhere,
    summary: 'Log in from a web page with a passkey’s signature',
    body: finishPasskeyLoginBody,
    answers: {
      200: {
        description: 'A login token; the cookie `daypass_session` is set',
        schema: consoleSessionAnswer,
      },
    },
    errors: ['invalid_credentials', 'cross_site_request', 'too_many_attempts'],
  },
  listPasskeys: {
    ...ofSession,
    method: 'get',
    path: `${sessionPath}/passkeys`,
    summary: 'List my passkeys',
    answers: {
      200: {
        description: 'All of them, at most 20',
        schema: z.strictObject({
          data: z.array(
            z
              .strictObject({
                id: z.string().describe('The passkey’s id'),
                name: z.string().describe('Cognito’s name for it, such as that of its maker'),
                kind: z
                  .enum(['device', 'key'])
                  .nullable()
                  .describe(
                    '`device`: built into one; `key`: can be moved, such as a security key; null: unknown',
                  ),
                createdAt: isoTime.describe('When it was added (ISO 8601, UTC)'),
              })
              .meta({ title: 'Passkey' }),
          ),
        }),
      },
    },
    errors: ownRefusals,
  },
  addPasskey: {
    ...ofSession,
    method: 'post',
    path: `${sessionPath}/passkeys`,
    summary: 'Begin to add a passkey',
    body: addPasskeyBody,
    answers: {
      200: {
        description: 'What the browser needs to make a passkey',
        schema: z.strictObject({
          publicKey: publicKey.describe(
            'For `PublicKeyCredential.parseCreationOptionsFromJSON()` and `navigator.credentials.create()`',
          ),
        }),
      },
    },
    errors: [...ownRefusals, 'wrong_password', 'provider_login_required'],
  },
  finishPasskey: {
    ...ofSession,
    method: 'post',
    path: `${sessionPath}/passkeys/finish`,
    summary: 'Add the passkey that the browser has made',
    body: finishPasskeyBody,
    answers: statusAnswer('added', 'It can be used to log in'),
    errors: ownRefusals,
  },
  removePasskey: {
    ...ofSession,
    method: 'delete',
    path: `${sessionPath}/passkeys/{id}`,
    summary: 'Remove a passkey',
    pathParameters: { id: 'The passkey’s id' },
    answers: statusAnswer('removed', 'It can’t be used any more'),
    errors: [...ownRefusals, 'not_found'],
  },
} as const satisfies Record<string, RouteContract>;
