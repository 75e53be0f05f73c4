import {
  AdminGetUserCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  latestCode,
  logIn,
  newPassword,
  poolId,
  poolProperties,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
  tokensOf,
  wrongCode,
} from './start-cognito.ts';

let running: RunningCognito;
afterEach(() => running.close());
const [old, next] = ['ada@example.com', 'lovelace@example.com'];
const keepsOriginal = {
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
};

async function start(pool: Record<string, unknown>) {
  running = await startCognito({ pool });
  const password = newPassword();
  const userId = await signUpConfirmed(running, old, password);
  const { access: AccessToken } = await tokensOf(logIn(running, old, password));
  return {
    password,
    change: (Value: string) => {
      const UserAttributes = [{ Name: 'email', Value }];
      return running.client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
    },
    verify: (Code: string) =>
      running.client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code })),
    async attributes() {
      const user = new AdminGetUserCommand({ UserPoolId: poolId, Username: userId });
      const { UserAttributes = [] } = await running.client.send(user);
      const valueFor = (name: string) => UserAttributes.find(({ Name }) => Name === name)?.Value;
      return { email: valueFor('email'), verified: valueFor('email_verified') };
    },
  };
}

test('with an access token alone an unproven address takes the place of the proven one at once', async () => {
  const { change, attributes, password } = await start({});
  const { CodeDeliveryDetailsList } = await change(next);
  expect(CodeDeliveryDetailsList).toMatchObject([{ Destination: 'l***@e***', AttributeName: 'email' }]);
  expect(await attributes()).toEqual({ email: next, verified: 'false' });
  expect(await refusalOf(logIn(running, next, password))).toBe('answered');
});

test('in a pool that keeps the original the old one counts until the code of the new one', async () => {
  const { change, verify, attributes } = await start(keepsOriginal);
  await change(next);
  expect(await attributes()).toEqual({ email: old, verified: 'true' });
  expect(await refusalOf(verify(wrongCode(latestCode(running, next))))).toContain('CodeMismatchException');
  expect(await attributes()).toEqual({ email: old, verified: 'true' });
  await verify(latestCode(running, next));
  expect(await attributes()).toEqual({ email: next, verified: 'true' });
  expect(await refusalOf(verify(latestCode(running, next)))).toContain('ExpiredCodeException');
});

test.each([{}, keepsOriginal])('somebody else’s address is refused: %j', async (pool) => {
  const { change, attributes } = await start(pool);
  await signUpConfirmed(running, next, newPassword());
  expect(await refusalOf(change(next))).toContain('AliasExistsException');
  expect(await attributes()).toEqual({ email: old, verified: 'true' });
});

test('a pool that mails no codes can’t keep the original', async () => {
  running = await startCognito();
  const properties = { ...poolProperties, ...keepsOriginal, AutoVerifiedAttributes: [] };
  expect(() => running.cognito.definePool({ id: poolId, properties })).toThrow(
    /AutoVerifiedAttributes lacks/,
  );
});
