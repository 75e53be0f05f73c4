import { authenticatorUri, withOwnPassword } from '../../../core/accounts/authenticator.ts';
import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import {
  authenticatorBody,
  authenticatorCodeBody,
  type authenticatorRoutes,
  challengeBody,
} from '../../../core/contract/accounts/authenticator.ts';
import { openAuthenticators } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { byRoute } from '../../http/by-route.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { beginSession } from '../../http/session/begin-session.ts';
import { requireOwnPage } from '../../http/session/require-own-page.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openAuthenticators();
const { authenticators, directory, ends } = ports;

const ok = (body: unknown) => ({ status: 200, body });

/** Everything about authenticator apps */
export const handler = byRoute<typeof authenticatorRoutes>({
  'POST /v1/login/challenge': jsonRoute({ body: challengeBody }, async ({ body }) =>
    ok(await directory.answerChallenge(body.session, body.code)),
  ),

  'POST /v1/session/challenge': jsonRoute({ body: challengeBody }, async (request) => {
    requireOwnPage(request.headers);
    const { session, code } = request.body;
    return beginSession(ports, await directory.answerChallenge(session, code), request);
  }),

  'GET /v1/me/authenticator': userRoute(ends, {}, async (_request, { userId }) =>
    ok({ status: (await authenticators.isOn(userId)) ? 'on' : 'off' }),
  ),

  'POST /v1/me/authenticator': userRoute(
    ends,
    { body: authenticatorBody },
    async ({ body: { password }, base }, caller) => {
      requirePasswordLogin(catalog.logIn, caller.email, base.console);
      const secret = await withOwnPassword(caller, (email) => authenticators.setUp(email, password));
      return ok({ secret, uri: authenticatorUri(caller.email, secret) });
    },
  ),

  'POST /v1/me/authenticator/confirm': userRoute(
    ends,
    { body: authenticatorCodeBody },
    async ({ body: { password, code } }, caller) => {
      await withOwnPassword(caller, (email) => authenticators.confirm(email, password, code));
      return ok({ status: 'on' });
    },
  ),

  'POST /v1/me/authenticator/remove': userRoute(
    ends,
    { body: authenticatorCodeBody },
    async ({ body: { password, code } }, caller) => {
      await withOwnPassword(caller, (email) => authenticators.remove(email, password, code));
      return ok({ status: 'off' });
    },
  ),
});
