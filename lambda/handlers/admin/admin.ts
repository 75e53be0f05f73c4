import { listAudit } from '../../../core/admin/audit.ts';
import { changeUser, requireOther } from '../../../core/admin/change-user.ts';
import { deleteUser } from '../../../core/admin/delete-user.ts';
import { describeUser } from '../../../core/admin/describe-user.ts';
import { readHealth } from '../../../core/admin/health.ts';
import { inviteUser } from '../../../core/admin/invite-user.ts';
import { listKeys, revokeAnyKey } from '../../../core/admin/keys.ts';
import { listRequests } from '../../../core/admin/requests.ts';
import { turnOffAuthenticator } from '../../../core/admin/turn-off-authenticator.ts';
import { usageByUser } from '../../../core/admin/usage.ts';
import { describeInFull, findUser, listUsers } from '../../../core/admin/users.ts';
import type { adminRoutes } from '../../../core/contract/admin/admin-routes.ts';
import { auditQuery } from '../../../core/contract/admin/audit.ts';
import {
  adminKeysQuery,
  adminRequestsQuery,
  adminUsageQuery,
} from '../../../core/contract/admin/keys-and-usage.ts';
import {
  adminUsersQuery,
  changeAdminBody,
  changeUserBody,
  endSessionsBody,
  inviteUserBody,
} from '../../../core/contract/admin/users.ts';
import type { NoticeKind } from '../../../core/mail/notices.ts';
import { usageSpan } from '../../../core/metering/usage.ts';
import { adminGroup } from '../../../core/plans.ts';
import { openAdmin } from '../../admin-ports.ts';
import { adminRoute } from '../../http/admin-route.ts';
import { byOperatorToo } from '../../http/by-operator.ts';
import { byRoute } from '../../http/by-route.ts';

const ports = openAdmin();

/** Of the ten seconds that a route has; the rest is for the step under way. */
const workMs = 6000;

/** The reconciler sends the mails, so that none delays or fails the change that it tells. */
const mailOf = ({ sendsMails }: { sendsMails: boolean }, notice: NoticeKind | undefined) => {
  if (notice === undefined) return 'none';
  return sendsMails ? 'queued' : 'off';
};

const ok = (body: unknown) => ({ status: 200, body });

const routes = byRoute<typeof adminRoutes>({
  'GET /v1/admin/users': adminRoute(ports, { query: adminUsersQuery }, async ({ query }) =>
    ok(await listUsers(ports, query)),
  ),

  'POST /v1/admin/users': adminRoute(ports, { body: inviteUserBody }, async ({ body }) => {
    const endsAt = body.endsAt === undefined ? undefined : Date.parse(body.endsAt);
    const { email } = body;
    const user = await inviteUser(ports, { email, endsAt }, Date.now());
    const record = (await ports.users.read([user.userId])).get(user.userId);
    return { status: 201, body: describeUser(user, record, ports.signUp) };
  }),

  'GET /v1/admin/users/{id}': adminRoute(ports, {}, async ({ pathParameters }) =>
    ok(await describeInFull(ports, await findUser(ports, pathParameters.id))),
  ),

  'PATCH /v1/admin/users/{id}': adminRoute(
    ports,
    { body: changeUserBody },
    async ({ body, pathParameters }, admin) => {
      const user = await findUser(ports, pathParameters.id);
      const { endsAt, ...change } = body;
      const notice = await changeUser(ports, admin, user, {
        ...change,
        endsAt: typeof endsAt === 'string' ? Date.parse(endsAt) : endsAt,
      });
      // Read again: the directory may have changed too.
      const changed = await describeInFull(ports, await findUser(ports, user.userId));
      return ok({ ...changed, mail: mailOf(ports, notice) });
    },
  ),

  'DELETE /v1/admin/users/{id}': adminRoute(ports, {}, async ({ pathParameters }, admin) => {
    const endsAt = performance.now() + workMs;
    const { id = '' } = pathParameters;
    requireOther(admin, id);
    const notice = await deleteUser(ports, id, () => performance.now() < endsAt);
    return ok({ status: 'deleted', mail: mailOf(ports, notice) });
  }),

  'DELETE /v1/admin/users/{id}/authenticator': adminRoute(ports, {}, async ({ pathParameters }, admin) => {
    const user = await findUser(ports, pathParameters.id);
    await turnOffAuthenticator(ports, admin, user);
    return ok(await describeInFull(ports, await findUser(ports, user.userId)));
  }),

  'GET /v1/admin/api-keys': adminRoute(ports, { query: adminKeysQuery }, async ({ query }) =>
    ok(await listKeys(ports, query, Date.now())),
  ),

  'DELETE /v1/admin/api-keys/{id}': adminRoute(ports, {}, async ({ pathParameters }) =>
    ok(await revokeAnyKey(ports, pathParameters.id)),
  ),

  'GET /v1/admin/usage': adminRoute(ports, { query: adminUsageQuery }, async ({ query }) =>
    ok(await usageByUser(ports, { ...query, ...usageSpan(query, Date.now()) })),
  ),

  'GET /v1/admin/health': adminRoute(ports, {}, async () => ok(await readHealth(ports, Date.now()))),
  'GET /v1/admin/requests': adminRoute(ports, { query: adminRequestsQuery }, async ({ query }) =>
    ok(await listRequests(ports, query, Date.now())),
  ),

  'GET /v1/admin/audit': adminRoute(ports, { query: auditQuery }, async ({ query }) =>
    ok(await listAudit(ports, query, Date.now())),
  ),
});

/**
 * Records that an operator is about to change who is an admin, which needs the operator's own rights in Cognito: this function
 * can make no admin.
 */
const changeAdmin = adminRoute(ports, { body: changeAdminBody }, async ({ body: { userId, isAdmin } }) => {
  const user = await findUser(ports, userId);
  const action = isAdmin ? 'user.made_admin' : 'user.unmade_admin';
  await ports.record({ action, userId: user.userId, at: Date.now() });
  if (isAdmin) await ports.approve(user);
  return ok({ userPoolId: ports.userPoolId, group: adminGroup });
});

/** Once the directory no longer has the user in the group: tokens name the groups of their login. */
const endSessions = adminRoute(ports, { body: endSessionsBody }, async ({ body: { userId } }) => {
  await ports.ends.mark((await findUser(ports, userId)).userId, Date.now());
  return ok({ status: 'ended' });
});

/** Which table, user pool and plans are this deployment's, for commands that move its records. */
const describeDeployment = adminRoute(ports, {}, async () => ok(ports.deployment));

/** Every route under /v1/admin, and what operators alone do. */
export const handler = byOperatorToo(routes, {
  '/operator/admins': changeAdmin,
  '/operator/deployment': describeDeployment,
  '/operator/ended-sessions': endSessions,
});
