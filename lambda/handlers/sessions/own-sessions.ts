import { endOneSession, listSessions, sessionIdOf } from '../../../core/accounts/session-records.ts';
import { endAllSessions } from '../../../core/accounts/sessions.ts';
import type { ownSessionRoutes } from '../../../core/contract/accounts/sessions.ts';
import { openOwnSessions } from '../../account-ports.ts';
import { byRoute } from '../../http/by-route.ts';
import { clearedCookie } from '../../http/session/session-cookie.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openOwnSessions();

const iso = (time: number) => new Date(time).toISOString();

/** The user's sessions, all together and one by one */
export const handler = byRoute<typeof ownSessionRoutes>({
  'GET /v1/me/sessions': userRoute(ports.ends, {}, async ({ claims }, { userId }) => ({
    status: 200,
    body: {
      data: (await listSessions(ports, userId)).map(({ id, createdAt, lastUsedAt, browser = null }) => ({
        id,
        createdAt: iso(createdAt),
        lastUsedAt: iso(lastUsedAt),
        browser,
        current: id === sessionIdOf(claims),
      })),
      nextCursor: null,
    },
  })),

  'DELETE /v1/me/sessions/{id}': userRoute(ports.ends, {}, async ({ pathParameters }, { userId }) => {
    await endOneSession(ports, userId, pathParameters.id ?? '');
    return { status: 200, body: { status: 'ended' } };
  }),

  'DELETE /v1/me/sessions': userRoute(ports.ends, { allowSuspended: true }, async (_request, { userId }) => {
    await endAllSessions(ports, userId);
    return { status: 200, headers: { 'set-cookie': clearedCookie }, body: { status: 'logged_out' } };
  }),
});
