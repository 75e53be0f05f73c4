import { createSecretsManager } from '../../../../local/aws/secretsmanager/secrets-manager.ts';
import { openStore } from '../../../../local/state/store.ts';
import { secret, secretStrings } from '../../../../local/template/providers/secret.ts';
import { context } from './provider-context.ts';

const store = openStore(':memory:');
afterAll(() => store.close());

const storedValue = (id: string) => secretStrings(store)(id) ?? '';

describe('secrets', () => {
  test('a generated secret stays the same at every start', async () => {
    const properties = { GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } };
    const { ref } = await secret(store).create('Token', properties, context);
    expect(ref).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:Shop-Token-/);
    const value = storedValue(ref);
    expect(value).toMatch(/^[A-Za-z0-9]{40}$/);
    await secret(store).create('Token', properties, context);
    expect(storedValue(ref)).toBe(value);
  });

  test('a secret is found by name as well, and an unknown one is not', async () => {
    const { ref } = await secret(store).create('Word', { Name: 'shop/word', SecretString: 'w' }, context);
    expect([storedValue('shop/word'), storedValue(ref)]).toEqual(['w', 'w']);
    expect(secretStrings(store)(`${ref}x`)).toBeUndefined();
  });

  test('a text that an operator has put stays at every start, until the template has another', async () => {
    const define = (SecretString: string) =>
      secret(store).create('Put', { Name: 'shop/put', SecretString }, context);
    const { ref: arn } = await define('one');
    const manager = createSecretsManager({ store, region: 'us-east-1', accountId: '000000000000' });
    await manager.handle({
      headers: { 'x-amz-target': 'secretsmanager.PutSecretValue' },
      body: Buffer.from(JSON.stringify({ SecretId: arn, SecretString: 'mine' })),
    } as never);
    await define('one');
    expect(storedValue(arn)).toBe('mine');
    await define('two');
    expect(storedValue(arn)).toBe('two');
  });

  test('a generated secret can fill a key of a template', async () => {
    const GenerateSecretString = { SecretStringTemplate: '{"user":"me"}', GenerateStringKey: 'password' };
    const { ref } = await secret(store).create('Login', { GenerateSecretString }, context);
    expect(JSON.parse(storedValue(ref))).toEqual({ user: 'me', password: expect.any(String) });
  });
});
