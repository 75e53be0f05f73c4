import { Mistake, place, portOf, runCommand, say } from '../command.ts';
import { connect } from '../connect.ts';
import { findDeployment } from '../deployment.ts';
import { reseal } from './reseal.ts';
import { rotateClientSecret } from './rotate-client-secret.ts';

const help = `Replaces keys and secrets of the deployment itself, without a refused call. docs/backup.md has each procedure.

Usage: npm run rotate -- WHAT [options]

  sealing-key     after a deploy with a new sealing key: seals with it all that an earlier one sealed
  client-secret   gives the app client of the user pool a new secret, and deletes the old one

  --dry-run       tell what would be done, and change nothing
  --stack NAME    the deployed stack (default Daypass)
  --local         the platform on this machine
  --port N        its port (default 4000, or DAYPASS_PORT)
  --help          this text

Both can be stopped and started again. The edge's secret is replaced by three deploys, without this command.

Without --local it uses your AWS credentials and Region, which need lambda:InvokeFunction on NAME-admin; for sealing-key
dynamodb:Scan and UpdateItem on the table, and kms:ReEncryptFrom and ReEncryptTo on the keys; for client-secret
cognito-idp:ListUserPoolClientSecrets, AddUserPoolClientSecret and DeleteUserPoolClientSecret.
`;

const work = { 'sealing-key': reseal, 'client-secret': rotateClientSecret };

const names = Object.keys(work).join(' or ');
const options = { 'dry-run': { type: 'boolean', default: false }, ...place } as const;

runCommand({ help, options, names: [names] }, async ({ values, named: [what] }) => {
  if (!Object.hasOwn(work, what)) throw new Mistake(`'${what}' is not ${names}. See --help.`);
  const connection = connect(portOf(values));
  try {
    const deployment = await findDeployment(connection, values.stack);
    await work[what as keyof typeof work](connection, deployment, values['dry-run']);
    if (values['dry-run']) say('Nothing was changed: this was a dry run.');
  } catch (error) {
    throw connection.inWords(error);
  }
});
