import { openApiDocument } from '../../../core/contract/openapi.ts';
import type { RouteSection } from '../../../core/contract/route-contract.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const has: Record<RouteSection, boolean> = {
  billing: catalog.billing !== undefined,
  'logIn.providers': catalog.logIn.providers.length > 0,
  'logIn.authenticator': catalog.logIn.authenticator === 'on',
  'logIn.passkeys': catalog.logIn.passkeys === 'on',
};
const document = openApiDocument((section) => has[section]);

/** GET /v1/openapi.json: the routes that this deployment has. */
export const handler = jsonRoute({}, async () => ({ status: 200, body: document }));
