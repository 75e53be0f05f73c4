import * as z from 'zod';
import { isoTime, pageOf, type RouteContract } from './route-contract.ts';

/** As a header takes it. No provider's keys are shorter or longer. */
export const providerKey = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(512, 'must have at most 512 characters')
  .regex(/^[!-~]*$/, 'must be visible ASCII characters')
  .describe('Your key at the provider. It is never shown again, but for its last four characters');

export const providerKeyBody = z.strictObject({ key: providerKey });

export const providerKeyQuery = z.strictObject({
  keyId: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'The id of one of your Daypass keys, for which alone it is kept; without it, it is for all of them',
    ),
});

const providerKeyAnswer = z
  .strictObject({
    provider: z.string().describe('The provider’s name'),
    keyId: z.string().nullable().describe('The Daypass key it is kept for; null: all of the account'),
    last4: z.string().describe('Its last four characters'),
    createdAt: isoTime.describe('When it was kept (ISO 8601, UTC)'),
  })
  .meta({ title: 'ProviderKey' });

const pathParameters = { provider: 'The name of a provider that takes keys of callers' };

export const providerKeyRoutes = {
  listProviderKeys: {
    method: 'get',
    path: '/v1/provider-keys',
    access: 'login',
    summary: 'List my own keys for providers',
    query: providerKeyQuery,
    answers: {
      200: {
        description: 'What is kept for the account, or for one key, on one page. No key itself is shown',
        schema: pageOf(providerKeyAnswer),
      },
    },
    errors: ['not_found'],
  },
  putProviderKey: {
    method: 'put',
    path: '/v1/provider-keys/{provider}',
    access: 'login',
    summary: 'Keep my own key for a provider, in place of the one that was kept',
    pathParameters,
    body: providerKeyBody,
    query: providerKeyQuery,
    answers: { 200: { description: 'It is kept', schema: providerKeyAnswer } },
    errors: ['not_found', 'key_ended', 'user_suspended'],
  },
  getProviderKey: {
    method: 'get',
    path: '/v1/provider-keys/{provider}',
    access: 'login',
    summary: 'See whether a key of mine is kept for a provider',
    pathParameters,
    query: providerKeyQuery,
    answers: { 200: { description: 'What is kept, without the key itself', schema: providerKeyAnswer } },
    errors: ['not_found'],
  },
  deleteProviderKey: {
    method: 'delete',
    path: '/v1/provider-keys/{provider}',
    access: 'login',
    summary: 'Delete my key for a provider',
    pathParameters,
    query: providerKeyQuery,
    answers: {
      200: { description: 'It is deleted, and no call uses it any more', schema: providerKeyAnswer },
    },
    errors: ['not_found'],
  },
} as const satisfies Record<string, RouteContract>;
