import { deleteAccountNow } from '../../../core/accounts/delete-account.ts';
import { openWholeAccounts } from '../../account-ports.ts';
import { clearedCookie } from '../../http/session/session-cookie.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openWholeAccounts();

/** Of the ten seconds that a route has; the rest is for the step under way. */
const workMs = 6000;

/** DELETE /v1/me */
export const handler = userRoute(ports.ends, { allowDeleted: true }, async (_request, { userId }) => {
  const endsAt = performance.now() + workMs;
  await deleteAccountNow(ports, userId, () => performance.now() < endsAt, { as: 'user' });
  return { status: 200, headers: { 'set-cookie': clearedCookie }, body: { status: 'deleted' } };
});
