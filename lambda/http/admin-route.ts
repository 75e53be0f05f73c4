import type { Caller } from '../../core/accounts/users.ts';
import { type LiveAdminPorts, liveAdmin } from '../../core/admin/live-admin.ts';
import { whoActs } from '../acting.ts';
import { actingBy } from './acting-by.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { jsonRoute, type RouteInput } from './pipeline.ts';

/** An operator has no account. */
const operator: Caller = { userId: '', email: '', emailVerified: true, groups: [] };

/** A route for those who are in the group `admins` now, and for operators. */
export function adminRoute<Body = undefined, Query = undefined>(
  ports: LiveAdminPorts,
  input: RouteInput<Body, Query>,
  work: (request: ApiRequest<Body, Query>, caller: Caller) => Promise<ApiAnswer>,
) {
  return jsonRoute(input, async (request) => {
    if (whoActs().as === 'operator') return work(request, operator);
    return actingBy('admin', request, await liveAdmin(ports, request.claims), work);
  });
}
