import { refreshBody } from '../../../core/contract/accounts/account-requests.ts';
import { openDirectory } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const directory = openDirectory();

/** POST /v1/login/refresh */
export const handler = jsonRoute({ body: refreshBody }, async ({ body }) => {
  return { status: 200, body: await directory.refresh(body.refreshToken) };
});
