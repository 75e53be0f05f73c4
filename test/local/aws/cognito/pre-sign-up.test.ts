import { AdminCreateUserCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  latestCode,
  logIn,
  newPassword,
  poolId,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
} from './start-cognito.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:check';
const email = 'ada@example.com';
let running: RunningCognito;
let calls: { functionArn: string; event: unknown }[] = [];
afterEach(() => running.close());

/** @param answers of the trigger, one after the other; the last one stays */
async function start(...answers: (() => Promise<{ payload: string; functionError?: string }>)[]) {
  calls = [];
  running = await startCognito({
    pool: { LambdaConfig: { PreSignUp: functionArn } },
    invokeFunction: (arn, event) => {
      calls.push({ functionArn: arn, event });
      const answer = answers[Math.min(calls.length, answers.length) - 1];
      return answer === undefined ? echo(event)() : answer();
    },
  });
}
const echo = (event: unknown) => async () => ({ payload: JSON.stringify(event) });
const answering = (response: object) => async () => ({ payload: JSON.stringify({ response }) });
const failing = (errorMessage: string) => async () => ({
  payload: JSON.stringify({ errorType: 'Error', errorMessage, trace: [] }),
  functionError: 'Unhandled',
});
const signUp = (fields: object = {}, Password = newPassword()) =>
  running.client.send(new SignUpCommand({ ClientId: clientId, Username: email, Password, ...fields }));

test('the trigger gets AWS’s event, and lets a sign-up through by returning it', async () => {
  await start();
  const ValidationData = [{ Name: 'captcha', Value: 'x' }];
  const { UserSub, UserConfirmed } = await signUp({ ValidationData, ClientMetadata: { campaign: 'y' } });
  expect(UserConfirmed).toBe(false);
  expect(calls).toEqual([
    {
      functionArn,
      event: {
        version: '1',
        region: 'us-east-1',
        userPoolId: poolId,
        userName: UserSub,
        callerContext: { awsSdkVersion: expect.any(String), clientId },
        triggerSource: 'PreSignUp_SignUp',
        request: {
          userAttributes: { email },
          validationData: { captcha: 'x' },
          clientMetadata: { campaign: 'y' },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    },
  ]);
  expect(latestCode(running, email)).toMatch(/^\d{6}$/);
});

test('without validation data, the field is null', async () => {
  await start();
  await signUp();
  expect(calls[0]?.event).toMatchObject({ request: { userAttributes: { email }, validationData: null } });
});

test('a trigger that throws refuses in its own words, and no user is made or mailed', async () => {
  await start(failing('not you'), answering({}));
  expect(await refusalOf(signUp())).toBe(
    'UserLambdaValidationException: PreSignUp failed with error not you.',
  );
  expect(latestCode(running, email)).toBe('no mail');
  expect(await refusalOf(signUp())).toBe('answered');
});

test('it is asked about a known name too, before that is refused', async () => {
  await start(answering({}), failing('not you'));
  await signUpConfirmed(running, email, newPassword());
  expect(await refusalOf(signUp())).toContain('UserLambdaValidationException');
});

test('a weak password is refused before the trigger is asked', async () => {
  await start();
  expect(await refusalOf(signUp({}, 'weak'))).toContain('InvalidPasswordException');
  expect(calls).toEqual([]);
});

test('it may confirm the user and the address', async () => {
  await start(answering({ autoConfirmUser: true, autoVerifyEmail: true }));
  const password = newPassword();
  expect((await signUp({}, password)).UserConfirmed).toBe(true);
  expect(latestCode(running, email)).toBe('no mail');
  expect(await refusalOf(logIn(running, email, password))).toBe('answered');
});

test.each(['null', '{}', '{"response":{"autoConfirmUser":"yes"}}', '"done"'])(
  'an invalid answer lets no one through: %s',
  async (payload) => {
    await start(async () => ({ payload }));
    expect(await refusalOf(signUp())).toBe('InvalidLambdaResponseException: Unrecognizable lambda output');
  },
);

test('a trigger that can’t be run is tried three times, and then no user is made', async () => {
  await start(() => Promise.reject(new Error('no such function')));
  expect(await refusalOf(signUp())).toMatch(/^UnexpectedLambdaException: PreSignUp invocation failed/);
  expect(calls).toHaveLength(3);
});

test('an administrator’s new user is asked about under its own trigger source', async () => {
  await start();
  await running.client.send(new AdminCreateUserCommand({ UserPoolId: poolId, Username: email }));
  expect(calls[0]?.event).toMatchObject({ triggerSource: 'PreSignUp_AdminCreateUser' });
});
