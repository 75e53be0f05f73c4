import { withOwnPassword } from '../../../core/accounts/authenticator.ts';
import { liveCaller } from '../../../core/accounts/live-caller.ts';
import { addPasskey, type PasskeyOwner, removePasskey } from '../../../core/accounts/passkeys.ts';
import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { ifStillThere } from '../../../core/accounts/sessions.ts';
import type { Caller } from '../../../core/accounts/users.ts';
import {
  addPasskeyBody,
  finishPasskeyBody,
  finishPasskeyLoginBody,
  passkeyLoginBody,
  type passkeyRoutes,
} from '../../../core/contract/accounts/passkeys.ts';
import { openPasskeys } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { actingBy } from '../../http/acting-by.ts';
import type { ApiAnswer, ApiRequest } from '../../http/api-request.ts';
import { byRoute } from '../../http/by-route.ts';
import { jsonRoute, type RouteInput } from '../../http/pipeline.ts';
import { beginSession } from '../../http/session/begin-session.ts';
import { requireOwnPage, requireSessionHeader } from '../../http/session/require-own-page.ts';
import { noSession, refreshTokenOf } from '../../http/session/session-cookie.ts';

const ports = openPasskeys();
const { passkeys, ends } = ports;

const ok = (body: unknown) => ({ status: 200, body });

/** A route for the user of the session's cookie. Cognito asks for an access token, which only the cookie gets. */
function ownerRoute<Body = undefined>(
  input: RouteInput<Body, undefined>,
  work: (request: ApiRequest<Body, undefined>, caller: Caller, owner: PasskeyOwner) => Promise<ApiAnswer>,
) {
  return jsonRoute(input, async (request) => {
    requireOwnPage(request.headers);
    requireSessionHeader(request.headers);
    const owner = await ifStillThere(refreshTokenOf(request.cookies), passkeys.ownerOf);
    if (owner === undefined) throw noSession();
    const caller = await liveCaller(ends, owner.claims);
    return actingBy('user', request, caller, () => work(request, caller, owner));
  });
}

/** Everything about passkeys */
export const handler = byRoute<typeof passkeyRoutes>({
  'POST /v1/session/passkey': jsonRoute({ body: passkeyLoginBody }, async ({ body, headers, base }) => {
    requireOwnPage(headers);
    requirePasswordLogin(catalog.logIn, body.email, base.console);
    return ok(await passkeys.beginLogin(body.email));
  }),

  'POST /v1/session/passkey/finish': jsonRoute({ body: finishPasskeyLoginBody }, async (request) => {
    requireOwnPage(request.headers);
    const { session, credential } = request.body;
    return beginSession(ports, await passkeys.finishLogin(session, credential), request);
  }),

  'GET /v1/session/passkeys': ownerRoute({}, async (_request, _caller, owner) =>
    ok({
      data: (await owner.list()).map(({ createdAt, kind = null, ...passkey }) => ({
        ...passkey,
        kind,
        createdAt: new Date(createdAt).toISOString(),
      })),
    }),
  ),

  'POST /v1/session/passkeys': ownerRoute({ body: addPasskeyBody }, async ({ body, base }, caller, owner) => {
    requirePasswordLogin(catalog.logIn, caller.email, base.console);
    await withOwnPassword(caller, (email) => passkeys.provePassword(email, body.password));
    return ok({ publicKey: await owner.begin() });
  }),

  'POST /v1/session/passkeys/finish': ownerRoute(
    { body: finishPasskeyBody },
    async ({ body }, caller, owner) => {
      await addPasskey(ports, caller, () => owner.finish(body.credential));
      return ok({ status: 'added' });
    },
  ),

  'DELETE /v1/session/passkeys/{id}': ownerRoute({}, async ({ pathParameters }, caller, owner) => {
    await removePasskey(ports, caller, () => owner.remove(pathParameters.id ?? ''));
    return ok({ status: 'removed' });
  }),
});
