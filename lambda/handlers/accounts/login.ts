import { loginBody } from '../../../core/contract/account-requests.ts';
import { openDirectory } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const directory = openDirectory();

/** POST /v1/login */
export const handler = jsonRoute({ body: loginBody }, async ({ body }) => {
  return { status: 200, body: await directory.logIn(body.email, body.password) };
});
