import * as z from 'zod';
import { accountRoutes } from './accounts/accounts.ts';
import { authenticatorRoutes } from './accounts/authenticator.ts';
import { federationRoutes } from './accounts/federation.ts';
import { passkeyRoutes } from './accounts/passkeys.ts';
import { sessionRoutes } from './accounts/sessions.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import { keyRoutes } from './api-keys.ts';
import { billingRoutes } from './billing.ts';
import { chatRoutes } from './chat/chat-routes.ts';
import { feedbackRoutes } from './feedback.ts';
import { oneTimeMessageRoutes } from './one-time-messages.ts';
import { planRoutes } from './plans.ts';
import { providerKeyRoutes } from './provider-keys.ts';
import { requestRoutes } from './requests.ts';
import type { RouteContract } from './route-contract.ts';
import { usageRoutes } from './usage.ts';

/** Every route of the API. */
export const routes = {
  ...accountRoutes,
  ...sessionRoutes,
  ...federationRoutes,
  ...authenticatorRoutes,
  ...passkeyRoutes,
  ...planRoutes,
  ...keyRoutes,
  ...usageRoutes,
  ...requestRoutes,
  ...adminRoutes,
  ...billingRoutes,
  ...chatRoutes,
  ...feedbackRoutes,
  ...oneTimeMessageRoutes,
  ...providerKeyRoutes,
  getOpenApi: {
    method: 'get',
    path: '/v1/openapi.json',
    access: 'public',
    summary: 'Get this description of the API',
    answers: { 200: { description: 'An OpenAPI 3.1 document', schema: z.looseObject({}) } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
