import { readFileSync } from 'node:fs';
import { alarmWords } from '../../web/screens/admin/health/alarm-words.ts';
import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { flat, functionsOf, onlyResource, readTemplate, resourcesOf } from './template.ts';

const template = readTemplate();
const dev = synth({ stage: 'dev' });

describe('alarms', () => {
  test('are there for server errors, the functions that charge, the reconciler and the table', () => {
    const metrics = [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) =>
      Properties.MetricName === undefined
        ? summed(Properties.Metrics)
        : `${Properties.Namespace} ${Properties.MetricName}`,
    );
    expect(metrics.sort()).toEqual([
      'AWS/ApiGateway 5XXError',
      'AWS/Lambda Errors',
      'Daypass Metering',
      'Daypass ModelFailures',
      'Daypass Parked',
      'Daypass SignUps',
      'Daypass SpendPercent',
      'Daypass SpendPercent',
      'sum of 2 AWS/DynamoDB ReadThrottleEvents and AWS/DynamoDB WriteThrottleEvents',
      'sum of 4 AWS/Lambda Errors',
      'sum of 4 AWS/Lambda Throttles',
    ]);
  });

  test('have names that begin with the stack’s, by which the admin function asks for all of them', () => {
    const names = [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()].map(
      ({ Properties }) => Properties.AlarmName,
    );
    expect(new Set(names).size).toBe(11);
    for (const name of names) expect(name).toMatch(/^Daypass-[A-Za-z]+$/);
    const asked: string =
      functionsOf(template).get('admin')?.[1].Properties.Environment.Variables.ALARM_NAMES;
    expect(asked.split(',').sort()).toEqual(names.sort());
  });

  test('may publish to the topic: one that only refuses plain HTTP lets nobody', () => {
    const alerted = synth({ settings: { ...smallest, alerts: { email: 'ops@example.com' } } });
    const topic = onlyResource(alerted, 'AWS::SNS::Topic').id;
    const { Properties } = onlyResource(alerted, 'AWS::SNS::TopicPolicy');
    expect(Properties.Topics).toEqual([{ Ref: topic }]);
    expect(Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: { Ref: topic },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  test('over lines read the metrics that functions of this stack write', () => {
    for (const { Properties } of resourcesOf(dev, 'AWS::CloudWatch::Alarm').values())
      if (!Properties.Namespace?.startsWith('AWS/') && Properties.Metrics === undefined)
        expect(Properties.Namespace).toBe('Daypass-dev');
    for (const [, { Properties }] of functionsOf(dev).values())
      expect(Properties.Environment.Variables.METRICS_NAMESPACE).toBe('Daypass-dev');
  });

  test('each have a runbook of their name', () => {
    const alerted = synth({ settings: { ...smallest, alerts: { email: 'ops@example.com' } } });
    const runbooks = readFileSync(new URL('../../docs/runbooks.md', import.meta.url), 'utf8');
    const described = [...runbooks.matchAll(/^## ([A-Z]\w+)$/gm)].map(([, name]) => `Daypass-${name}`);
    const names = [...resourcesOf(alerted, 'AWS::CloudWatch::Alarm').values()].map(
      ({ Properties }) => Properties.AlarmName,
    );
    expect(described.sort()).toEqual(names.sort());
  });

  test('each say in the console what they say in CloudWatch', () => {
    const alerted = synth({ settings: { ...smallest, alerts: { email: 'ops@example.com' } } });
    for (const { Properties } of resourcesOf(alerted, 'AWS::CloudWatch::Alarm').values()) {
      expect(Properties.AlarmDescription).toBe(`Daypass: ${alarmWords(Properties.AlarmName)}`);
    }
  });

  test('over metrics of calls, and those metrics, are left out by metrics: off', () => {
    const off = synth({ settings: { ...smallest, metrics: 'off' } });
    const names = [...resourcesOf(off, 'AWS::CloudWatch::Alarm').values()].map(
      ({ Properties }) => Properties.AlarmName,
    );
    expect(names).not.toContain('Daypass-ModelFailures');
    expect(names).toContain('Daypass-ServerErrors');
    for (const [settings, kept] of [
      [off, 'off'],
      [template, 'on'],
    ] as const)
      for (const [, { Properties }] of functionsOf(settings).values())
        expect(Properties.Environment.Variables.CALL_METRICS).toBe(kept);
    const body = flat(onlyResource(off, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
    expect(body).toContain('Metrics of calls are off');
    expect(body).not.toContain('FirstTokenMs"');
  });

  test('a budget mails the address of the alarms at 80 and 100 %, and before the month passes it', () => {
    const alerts = { email: 'ops@example.com', budgetPerMonth: 300 };
    const { Properties } = onlyResource(synth({ settings: { ...smallest, alerts } }), 'AWS::Budgets::Budget');
    expect(Properties.Budget).toMatchObject({
      BudgetLimit: { Amount: 300, Unit: 'USD' },
      TimeUnit: 'MONTHLY',
    });
    expect(
      Properties.NotificationsWithSubscribers.map(
        ({ Notification, Subscribers }: BudgetMail) =>
          `${Notification.NotificationType} ${Notification.Threshold} ${Subscribers[0]?.Address}`,
      ),
    ).toEqual(['ACTUAL 80 ops@example.com', 'ACTUAL 100 ops@example.com', 'FORECASTED 100 ops@example.com']);
    expect(resourcesOf(template, 'AWS::Budgets::Budget').size).toBe(0);
  });

  test('go to the address of the settings by mail', () => {
    const alerted = synth({ settings: { ...smallest, alerts: { email: 'ops@example.com' } } });
    expect(onlyResource(alerted, 'AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
    const topic = onlyResource(alerted, 'AWS::SNS::Topic').id;
    const alarms = [...resourcesOf(alerted, 'AWS::CloudWatch::Alarm').values()];
    expect(alarms.map(({ Properties }) => Properties.AlarmActions)).toEqual(
      alarms.map(() => [{ Ref: topic }]),
    );
  });
});

interface BudgetMail {
  Notification: { NotificationType: string; Threshold: number };
  Subscribers: { Address: string }[];
}

interface MetricQuery {
  Id: string;
  Expression?: string;
  MetricStat?: {
    Metric: { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: string }[] };
  };
}

/** Names an alarm on a sum of metrics. */
function summed(queries: MetricQuery[]): string {
  const [sum, ...parts] = queries;
  expect(sum?.Expression?.split(/ ?\+ ?/)).toEqual(parts.map(({ Id }) => Id));
  const names = new Set(
    parts.map(({ MetricStat }) => `${MetricStat?.Metric.Namespace} ${MetricStat?.Metric.MetricName}`),
  );
  return `sum of ${parts.length} ${[...names].join(' and ')}`;
}
