import { AwsError } from '../../service.ts';
import { invalidParameter, resourceNotFound } from '../errors.ts';
import { type Client, type ClientSecret, secretsOf } from '../pools/clients.ts';
import { clientId, type RequestBody, readRequest, required, text, userPoolId } from '../request-fields.ts';
import type { CognitoState } from '../shared-state.ts';

type State = Pick<CognitoState, 'clients' | 'clock'>;

/** Cognito's most, so that one can replace the other without a refused call. */
const mostSecrets = 2;
const ids = { UserPoolId: required(userPoolId), ClientId: required(clientId) };

export function addUserPoolClientSecret(state: State, body: RequestBody): object {
  const given = text({ min: 24, max: 64, pattern: '[\\w+]+', sensitive: true });
  const input = readRequest(body, { ...ids, ClientSecret: given });
  const client = confidential(state, input);
  const secrets = secretsOf(client);
  if (secrets.length >= mostSecrets)
    throw new AwsError(
      'LimitExceededException',
      `Client ${client.id} has ${mostSecrets} secrets; delete one first.`,
    );
  // Its id is made of the time, so two must not be of the same.
  const now = Math.max(state.clock.now(), (secrets.at(-1)?.createdAt ?? 0) + 1);
  const value = input.ClientSecret ?? state.clients.newSecret();
  const added = { id: `${client.id}--${now}`, value, createdAt: now };
  state.clients.changeSecrets(client, [...secrets, added]);
  // One that the caller knows isn't repeated.
  const told = input.ClientSecret === undefined ? { ClientSecretValue: value } : {};
  return { ClientSecretDescriptor: { ...describe(added), ...told } };
}

export function listUserPoolClientSecrets(state: State, body: RequestBody): object {
  const input = readRequest(body, { ...ids, NextToken: text() });
  return { ClientSecrets: secretsOf(confidential(state, input)).map(describe) };
}

export function deleteUserPoolClientSecret(state: State, body: RequestBody): object {
  const input = readRequest(body, { ...ids, ClientSecretId: required(text({ min: 1 })) });
  const client = confidential(state, input);
  const secrets = secretsOf(client);
  const left = secrets.filter(({ id }) => id !== input.ClientSecretId);
  if (left.length === secrets.length)
    throw resourceNotFound(`Client ${client.id} has no secret ${input.ClientSecretId}.`);
  if (left.length === 0) throw invalidParameter('The last secret of a client cannot be deleted.');
  state.clients.changeSecrets(client, left);
  return {};
}

function confidential(state: State, input: { UserPoolId: string; ClientId: string }): Client {
  const { client } = state.clients.inPool(input.UserPoolId, input.ClientId);
  if (secretsOf(client).length === 0) throw invalidParameter(`Client ${client.id} has no secret.`);
  return client;
}

const describe = ({ id, createdAt }: ClientSecret) => ({
  ClientSecretId: id,
  ClientSecretCreateDate: createdAt / 1000,
});
