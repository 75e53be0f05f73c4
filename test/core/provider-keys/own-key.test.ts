import { findOwnKey, type OwnKeys } from '../../../core/provider-keys/own-key.ts';
import { someModel } from '../chat/model-fixture.ts';

const owner = { userId: 'u', keyId: 'key_1' };
const model = someModel({ provider: 'openai' });
const other = someModel({ name: 'other', provider: 'groq' });
const kept: OwnKeys = { find: async (_owner, provider) => ({ secret: `kept-${provider}`, from: 'account' }) };
const none: OwnKeys = { find: async () => undefined };
const takes = { takesOwnKeys: true };

const find = (sent: object, answering = model, keys: OwnKeys = kept, wanted = model) =>
  findOwnKey(keys, takes, { model: answering, wanted, sent, charge: owner });

test('a key that is sent comes before one that is kept', async () => {
  expect(await find({ any: 'sk-any-1234' })).toEqual({ secret: 'sk-any-1234', from: 'request' });
  expect(await find({ any: 'sk-any-1234', openai: 'sk-openai-1' })).toMatchObject({ secret: 'sk-openai-1' });
  expect(await find({})).toEqual({ secret: 'kept-openai', from: 'account' });
  expect(await find({}, model, none)).toBeUndefined();
});

test('a key that is sent for one provider never goes to another', async () => {
  expect(await find({ any: 'sk-any-1234', openai: 'sk-openai-1' }, other)).toEqual({
    secret: 'kept-groq',
    from: 'account',
  });
  expect(await find({ openai: 'sk-openai-1' }, other, none, other)).toBeUndefined();
});

test('no key is looked for at a provider that takes none', async () => {
  const find = async () => {
    throw new Error('nothing is to be read');
  };
  const asked = { model, wanted: model, sent: { any: 'sk-any-1234' }, charge: owner };
  expect(await findOwnKey({ find }, {}, asked)).toBeUndefined();
});

test('a Daypass key that requires one is refused without, at Bedrock too', async () => {
  const charge = { ...owner, requiresProviderKey: true as const };
  const asked = { model, wanted: model, sent: {}, charge };
  await expect(findOwnKey(none, takes, asked)).rejects.toMatchObject({ code: 'provider_key_required' });
  await expect(findOwnKey(kept, {}, asked)).rejects.toMatchObject({ code: 'provider_key_required' });
  expect(await findOwnKey(kept, takes, asked)).toMatchObject({ from: 'account' });
});

test.each(['', 'short', 'two words long', 'line\nbreak-key', 'é-not-ascii-key', 'x'.repeat(513)])(
  'what is no key is refused: %j',
  async (any) => {
    await expect(find({ any })).rejects.toMatchObject({ code: 'invalid_request' });
  },
);
