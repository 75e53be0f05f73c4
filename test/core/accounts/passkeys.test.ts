import { addPasskey, removePasskey } from '../../../core/accounts/passkeys.ts';

const ada = { userId: 'ada', email: 'ada@example.com' };

function world(failing?: string) {
  const done: string[] = [];
  const step = async (what: string) => {
    if (what === failing) throw new Error(what);
    done.push(what);
  };
  const ports = {
    clock: { now: () => 7 },
    record: ({ action, at }: { action: string; at: number }) => step(`${action} ${at}`),
    tell: ({ to }: { to: string }) => step(`mail ${to}`),
  };
  return { done, ports, step };
}

test('a passkey is told to the audit trail before it counts, and to its user after', async () => {
  const { done, ports, step } = world();
  await addPasskey(ports, ada, () => step('added'));
  expect(done).toEqual(['user.passkey_added 7', 'added', 'mail ada@example.com']);
});

test('one that the directory refuses is mailed to nobody', async () => {
  const { done, ports, step } = world('added');
  await expect(addPasskey(ports, ada, () => step('added'))).rejects.toThrow('added');
  expect(done).toEqual(['user.passkey_added 7']);
});

test('nothing is added or removed that the trail does not tell', async () => {
  const { done, ports, step } = world('user.passkey_removed 7');
  await expect(removePasskey(ports, ada, () => step('removed'))).rejects.toThrow();
  expect(done).toEqual([]);
});
