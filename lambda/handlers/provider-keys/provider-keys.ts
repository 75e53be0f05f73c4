import { requireActive } from '../../../core/accounts/users.ts';
import {
  providerKeyBody,
  providerKeyQuery,
  type providerKeyRoutes,
} from '../../../core/contract/provider-keys.ts';
import { findOwnKey } from '../../../core/keys/find-key.ts';
import {
  deleteKept,
  describeKept,
  findKept,
  keepKey,
  listKept,
} from '../../../core/provider-keys/kept-keys.ts';
import { byRoute } from '../../http/by-route.ts';
import { userRoute } from '../../http/user-route.ts';
import { openProviderKeys } from '../../provider-key-ports.ts';

const ports = openProviderKeys();

/** The account's, or that of one of the user's Daypass keys. @throws DaypassError `not_found` */
async function nameOf(userId: string, provider = '', keyId: string | undefined) {
  const scope = keyId === undefined ? 'account' : (await findOwnKey(ports.records, userId, keyId)).keyId;
  return { userId, scope, provider };
}

const read = { query: providerKeyQuery };

export const handler = byRoute<typeof providerKeyRoutes>({
  'GET /v1/provider-keys': userRoute(ports.ends, read, async ({ query }, caller) => {
    const kept = await listKept(ports, await nameOf(caller.userId, undefined, query.keyId));
    return { status: 200, body: { data: kept.map(describeKept), nextCursor: null } };
  }),
  'PUT /v1/provider-keys/{provider}': userRoute(
    ports.ends,
    { ...read, body: providerKeyBody },
    async ({ body, query, pathParameters }, caller) => {
      requireActive(await ports.users.ensure({ ...caller, createdAt: Date.now() }));
      const name = await nameOf(caller.userId, pathParameters.provider, query.keyId);
      return { status: 200, body: describeKept(await keepKey(ports, name, body.key)) };
    },
  ),
  'GET /v1/provider-keys/{provider}': userRoute(
    ports.ends,
    read,
    async ({ query, pathParameters }, caller) => {
      const name = await nameOf(caller.userId, pathParameters.provider, query.keyId);
      return { status: 200, body: describeKept(await findKept(ports, name)) };
    },
  ),
  'DELETE /v1/provider-keys/{provider}': userRoute(
    ports.ends,
    read,
    async ({ query, pathParameters }, caller) => {
      const name = await nameOf(caller.userId, pathParameters.provider, query.keyId);
      return { status: 200, body: describeKept(await deleteKept(ports, name)) };
    },
  ),
});
