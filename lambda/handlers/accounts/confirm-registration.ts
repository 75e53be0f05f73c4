import { confirmRegistration } from '../../../core/accounts/confirm-registration.ts';
import { confirmBody } from '../../../core/contract/accounts/account-requests.ts';
import { openAccounts } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const ports = openAccounts();

/** POST /v1/register/confirm */
export const handler = jsonRoute({ body: confirmBody }, async ({ body }) => {
  await confirmRegistration(ports, body);
  return { status: 200, body: { status: 'confirmed' } };
});
