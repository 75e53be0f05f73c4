import { describeCurrentKey } from '../../../core/keys/describe-key.ts';
import { findKeyInHand } from '../../../core/keys/find-key.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { openKeys } from '../../key-ports.ts';

const ports = openKeys();

/**
 * GET /v1/api-key. API Gateway counts every call to a method that requires a key against its plan, so this one
 * requires none there and checks the key itself.
 */
export const handler = jsonRoute({}, async ({ headers }) => {
  const { record, counters } = await findKeyInHand(ports, headers);
  return { status: 200, body: describeCurrentKey(record, counters, ports.clock.now()) };
});
