import { readSettings, settingsFaults } from '../../../../web/screens/playground/settings/chat-settings.ts';
import { freshSettings } from '../../../../web/screens/playground/settings/settings-draft.ts';

test.each([
  ['temperature', '', undefined],
  ['temperature', '0', undefined],
  ['temperature', '0,7', undefined],
  ['temperature', '2.1', 'Must be at most 2.'],
  ['temperature', '-1', 'Must be at least 0.'],
  ['temperature', 'warm', 'Must be a number.'],
  ['maxTokens', '1', undefined],
  ['maxTokens', '0', 'Must be at least 1.'],
  ['maxTokens', '1.5', 'Must be a whole number.'],
] as const)('%s %p: %p', (field, text, fault) => {
  const found = settingsFaults({ ...freshSettings, [field]: text })[field];
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(fault);
});

const unset = ['temperature', 'maxTokens', 'topP', 'stop', 'effort', 'schema', 'tools'];

test('empty settings are left to the model', () => {
  expect(readSettings(freshSettings, 'nova-lite')).toEqual({
    model: 'nova-lite',
    system: '',
    ...Object.fromEntries(unset.map((name) => [name, undefined])),
  });
  expect(readSettings({ ...freshSettings, temperature: ' 0,7', maxTokens: '100' }, 'm')).toMatchObject({
    temperature: 0.7,
    maxTokens: 100,
  });
});
