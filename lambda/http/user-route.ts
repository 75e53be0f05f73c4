import { type AllowedStandings, liveCaller } from '../../core/accounts/live-caller.ts';
import type { SessionEnds } from '../../core/accounts/ports.ts';
import type { Caller } from '../../core/accounts/users.ts';
import { actingBy } from './acting-by.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { jsonRoute, type RouteInput } from './pipeline.ts';

/** A route for users who are logged in, are not suspended, and have since ended neither their sessions nor their account. */
export function userRoute<Body = undefined, Query = undefined>(
  ends: Pick<SessionEnds, 'lastOf'>,
  { allowDeleted, allowSuspended, ...input }: RouteInput<Body, Query> & AllowedStandings,
  work: (request: ApiRequest<Body, Query>, caller: Caller) => Promise<ApiAnswer>,
) {
  return jsonRoute(input, async (request) =>
    actingBy('user', request, await liveCaller(ends, request.claims, { allowDeleted, allowSuspended }), work),
  );
}
