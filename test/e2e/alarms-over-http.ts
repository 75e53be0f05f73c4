import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { eventually } from '../browser/eventually.ts';
import { call, chatBody, createKey, newPassword } from './client.ts';
import { moveClock, setFaults } from './local-switches.ts';
import type { RunningRuntime } from './runtime.ts';
import { scripted } from './scripted.ts';

/** Where alarms of this suite's settings are mailed to. */
export const alertsTo = 'alarms@example.com';

/** What the settings of a suite need, so that alarms are mailed. */
export const withAlerts = (shown: string): string =>
  shown.replace('signUp:\n', `alerts: { email: ${alertsTo}, budgetPerMonth: 100 }\nsignUp:\n`);

interface ShownAlarm {
  name: string;
  state: string;
  description: string;
  reason: string;
}

/**
 * Every alarm of the template, made to fire as docs/runbooks.md says, for a suite without confirmation of addresses. Comes last:
 * it spends the ceiling.
 */
export function describeAlarms(runtimeOf: () => RunningRuntime): void {
  describe('alarms', () => {
    const all = async (): Promise<ShownAlarm[]> =>
      (await call(runtimeOf().edge, '/_local/metrics')).body.alarms;
    const stateOf = async (name: string) =>
      (await all()).find((alarm) => alarm.name === `Daypass-${name}`)?.state;
    const mails = async (): Promise<string[]> =>
      (await call(runtimeOf().edge, `/_local/mail?to=${alertsTo}`)).body.data.map(
        ({ subject }: { subject: string }) => subject,
      );

    let token: string;
    let key: string;
    const later = async (seconds: number) => {
      const { offsetSeconds } = (await call(runtimeOf().edge, '/_local/clock')).body;
      await moveClock(runtimeOf(), offsetSeconds + seconds);
    };
    const chat = (more: object = {}) =>
      call(runtimeOf().edge, '/v1/chat/completions', { key, body: chatBody({ max_tokens: 2, ...more }) });
    const times = async (count: number, work: () => Promise<unknown>) => {
      for (let at = 0; at < count; at += 1) await work();
    };

    beforeAll(async () => {
      const { body } = await call(runtimeOf().edge, '/v1/register', {
        body: { email: `${crypto.randomUUID()}@example.com`, password: newPassword() },
      });
      token = body.token;
      ({ key } = await createKey(runtimeOf(), token, { plan: '20-per-day' }));
      // Whatever tests before did is out of sight of alarms.
      await later(600);
    });
    afterEach(() => setFaults(runtimeOf(), []));

    /** @param repair what the runbook asks for beyond an end of the cause */
    const fires = async (name: string, work: () => Promise<unknown>, repair = async () => {}) => {
      const before = await mails();
      expect([name, await stateOf(name)]).not.toEqual([name, 'ALARM']);
      await work();
      // A function's lines may come after its answer.
      await eventually(async () => expect([name, await stateOf(name)]).toEqual([name, 'ALARM']));
      const told = (await mails()).slice(0, (await mails()).length - before.length);
      expect(told).toContain(`ALARM: "Daypass-${name}" in us-east-1`);
      await setFaults(runtimeOf(), []);
      await repair();
      await later(360);
      // What the time brings follows its step.
      await eventually(async () => expect([name, await stateOf(name)]).toEqual([name, 'OK']));
    };

    test('all are shown with what they mean, and none is forgotten below', async () => {
      expect((await all()).map(({ name }) => name.replace('Daypass-', '')).sort()).toEqual(
        [
          ...['ServerErrors', 'ChatErrors', 'ChatThrottles', 'TableThrottles', 'ReconcilerErrors', 'Parked'],
          ...['Metering', 'ModelFailures', 'SignUpSpike', 'SpendNear', 'SpendReached', 'SpendAnomaly'],
        ].sort(),
      );
      for (const { description } of await all()) expect(description).toMatch(/^Daypass: /);
    });

    test('ServerErrors: answers are 5xx', async () => {
      await fires('ServerErrors', async () => {
        await setFaults(runtimeOf(), [{ service: 'dynamodb', kind: 'error' }]);
        await times(5, () => call(runtimeOf().edge, '/v1/me', { token }));
      });
    });

    test('ChatErrors: a function that asks models crashes', async () => {
      await fires('ChatErrors', async () => {
        await setFaults(runtimeOf(), [{ service: 'lambda', operation: 'chat-completions', kind: 'error' }]);
        expect((await chat()).status).toBeGreaterThanOrEqual(500);
      });
    });

    test('ChatThrottles: such a function has no room', async () => {
      await fires('ChatThrottles', async () => {
        await setFaults(runtimeOf(), [
          { service: 'lambda', operation: 'chat-completions', kind: 'throttle' },
        ]);
        expect(await chat()).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
      });
    });

    test('TableThrottles: the table throttles', async () => {
      await fires('TableThrottles', async () => {
        await setFaults(runtimeOf(), [{ service: 'dynamodb', kind: 'throttle' }]);
        expect((await chat()).status).toBe(503);
      });
    });

    test('ReconcilerErrors: a pass crashes', async () => {
      const crash = async () => {
        await setFaults(runtimeOf(), [{ service: 'lambda', operation: 'reconcile', kind: 'error' }]);
        await later(300);
      };
      // It looks at a quarter of an hour, in which a pass has to come.
      await fires('ReconcilerErrors', crash, () => times(2, () => later(300)));
    });

    test('Parked: a repair failed three times', async () => {
      const revoke = async () => {
        const { id } = await createKey(runtimeOf(), token, { plan: '30-per-day' }).catch(() =>
          createKey(runtimeOf(), token, { plan: '10-per-day' }),
        );
        const broken = { service: 'apigateway', operation: 'DeleteApiKey', kind: 'error', status: 400 };
        await setFaults(runtimeOf(), [{ ...broken, error: 'BadRequestException' }]);
        await call(runtimeOf().edge, `/v1/api-keys/${id}`, { method: 'DELETE', token });
        await times(3, () => later(300));
        // It lasts as long as the repair waits, also when its cause is gone.
        await later(360);
      };
      await fires('Parked', revoke, () => tryParkedAgain(runtimeOf()));
    });

    test('ReconcilerErrors: no pass runs', async () => {
      await fires('ReconcilerErrors', async () => {
        await setFaults(runtimeOf(), [{ service: 'lambda', operation: 'reconcile', kind: 'throttle' }]);
        await times(4, () => later(300));
      });
    });

    test('Metering: charges can’t be settled', async () => {
      await fires('Metering', async () => {
        const broken = { service: 'dynamodb', kind: 'error' };
        const unsettled = [
          { ...broken, operation: 'UpdateItem', skip: 1 },
          { ...broken, operation: 'TransactWriteItems' },
        ];
        await times(5, async () => {
          await setFaults(runtimeOf(), unsettled);
          expect((await chat()).status).toBe(200);
        });
      });
    });

    test('ModelFailures: the provider fails', async () => {
      await fires('ModelFailures', async () => {
        await setFaults(runtimeOf(), [{ service: 'bedrock', kind: 'error' }]);
        await times(5, () => chat());
      });
    });

    test('SignUpSpike: many sign up at once', async () => {
      // Each takes a second, whatever it comes to.
      const atOnce = 10;
      await fires('SignUpSpike', () =>
        times(50 / atOnce, () =>
          Promise.all(
            Array.from({ length: atOnce }, () =>
              call(runtimeOf().edge, '/v1/register', {
                body: { email: `${crypto.randomUUID()}@example.com`, password: newPassword() },
              }),
            ),
          ),
        ),
      );
    });

    test('SpendNear, then SpendReached: the ceiling of the day', async () => {
      // Nova Lite costs 0.06 dollars for a million tokens of the prompt, and half of that on the flex tier.
      const spend = (inputTokens: number) => {
        const content = scripted([{ text: 'Hi' }, { usage: { inputTokens } }]);
        return chat({ messages: [{ role: 'user', content }] });
      };
      await later(86_400);
      await fires('SpendNear', async () => {
        await spend(290_000);
        await later(20);
        await spend(1);
      });
      await fires('SpendReached', async () => {
        await spend(100_000);
        await later(20);
        expect(await spend(1)).toMatchObject({ status: 429, body: { error: { code: 'ceiling_reached' } } });
      });
    });

    test('SpendAnomaly is made, and says why it isn’t played', async () => {
      const anomaly = (await all()).find(({ name }) => name === 'Daypass-SpendAnomaly');
      expect(anomaly).toMatchObject({
        state: 'INSUFFICIENT_DATA',
        reason: 'What is usual is not learned here.',
      });
    });

    test('the page shows the dashboard with what was measured', async () => {
      const page = await fetch(`${runtimeOf().edge}/_local/metrics`, { headers: { accept: 'text/html' } });
      expect(page.headers.get('content-type')).toContain('text/html');
      const text = await page.text();
      for (const title of [
        'Is it up?',
        'First token by model',
        'Refusals and failures by code',
        'Who is refused',
        'Which models fail, and why',
      ])
        expect(text).toContain(title);
      expect(text).toContain('nova-lite');
      expect(text).toContain('ceiling_reached');
    });
  });
}

/** As docs/operations.md says: a repair without `failures` is tried again. */
async function tryParkedAgain({ aws: endpoint }: RunningRuntime): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand({}));
    const parked = await client.send(
      new ScanCommand({
        TableName,
        FilterExpression: 'begins_with(pk, :pending) AND attribute_exists(failures)',
        ExpressionAttributeValues: { ':pending': { S: 'PENDING#' } },
      }),
    );
    expect(parked.Items).not.toEqual([]);
    for (const { pk, sk } of parked.Items ?? [])
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk, sk } as Record<string, AttributeValue>,
          UpdateExpression: 'REMOVE failures',
        }),
      );
  } finally {
    client.destroy();
  }
}
