import { smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { resourcesOf, type Template } from './template.ts';

const alarmsOf = (template: Template) =>
  [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()]
    .map(({ Properties }) => Properties)
    .filter(({ MetricName }) => /SpendPercent$/.test(MetricName ?? ''));
test('alarms tell when 80 and 100 % of the spend ceiling are used up, by the most that any function read', () => {
  const template = synth({ settings: { ...smallest, alerts: { email: 'ops@example.com' } } });
  const alarms = alarmsOf(template);
  expect(alarms.map(({ Threshold }) => Threshold).toSorted((a, b) => a - b)).toEqual([80, 100]);
  for (const alarm of alarms) {
    expect(alarm).toMatchObject({
      Namespace: 'Daypass',
      MetricName: 'SpendPercent',
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
    expect(alarm.AlarmActions).toHaveLength(1);
  }
});

test('a deployment without a ceiling on spend has no alarm that could never ring', () => {
  const template = synth({ settings: { ...smallest, ceiling: { spendPerDay: 'off' } } });
  expect(alarmsOf(template)).toEqual([]);
});

test('a ceiling on the month alone has the same alarms', () => {
  const ceiling = { spendPerDay: 'off', spendPerMonth: 100 };
  expect(alarmsOf(synth({ settings: { ...smallest, ceiling } }))).toHaveLength(2);
});
