import { accountRoutes } from './accounts.ts';
import { keyRoutes } from './api-keys.ts';
import { chatRoutes } from './chat-routes.ts';
import type { RouteContract } from './route-contract.ts';
import { sessionRoutes } from './sessions.ts';

/** Every route of the API but `/v1/openapi.json`, which is made of them. */
export const routes: Readonly<Record<string, RouteContract>> = {
  ...accountRoutes,
  ...sessionRoutes,
  ...keyRoutes,
  ...chatRoutes,
};
