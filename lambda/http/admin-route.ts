import type { Caller } from '../../core/accounts/users.ts';
import { type LiveAdminPorts, liveAdmin } from '../../core/admin/live-admin.ts';
import { actingBy } from './acting-by.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { jsonRoute, type RouteInput } from './pipeline.ts';

/** A route for those who are in the group `admins` now. */
export function adminRoute<Body = undefined, Query = undefined>(
  ports: LiveAdminPorts,
  input: RouteInput<Body, Query>,
  work: (request: ApiRequest<Body, Query>, caller: Caller) => Promise<ApiAnswer>,
) {
  return jsonRoute(input, async (request) =>
    actingBy('admin', request, await liveAdmin(ports, request.claims), work),
  );
}
