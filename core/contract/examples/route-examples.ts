import type { routes } from '../routes.ts';
import {
  accountExamples,
  authenticatorExamples,
  federationExamples,
  feedbackExamples,
} from './account-examples.ts';
import { adminExamples } from './admin-examples.ts';
import { chatExamples } from './chat-examples.ts';
import {
  keyExamples,
  planExamples,
  providerKeyExamples,
  requestExamples,
  usageExamples,
} from './key-examples.ts';
import { billingExamples, oneTimeMessageExamples } from './other-examples.ts';
import type { RouteExample } from './route-example.ts';
import { passkeyExamples, sessionExamples } from './session-examples.ts';

/** An example of each route. The OpenAPI document, and by it the console, the collection and the docs, show them. */
export const routeExamples: Record<keyof typeof routes, RouteExample> = {
  ...accountExamples,
  ...sessionExamples,
  ...federationExamples,
  ...authenticatorExamples,
  ...passkeyExamples,
  ...planExamples,
  ...keyExamples,
  ...usageExamples,
  ...requestExamples,
  ...adminExamples,
  ...billingExamples,
  ...chatExamples,
  ...feedbackExamples,
  ...oneTimeMessageExamples,
  ...providerKeyExamples,
  getOpenApi: {
    answers: {
      200: {
        openapi: '3.1.0',
        info: { title: 'Daypass', version: '1' },
        servers: [{ url: '/' }],
        tags: [],
        paths: {},
        components: {},
      },
    },
  },
};
