import { showDashboard } from '../../../../local/aws/cloudwatch/dashboard.ts';
import { createMetricStore } from '../../../../local/aws/cloudwatch/metric-store.ts';
import { metricsPage } from '../../../../local/http/metrics-page.ts';
import { readRunbooks, runbooksPage } from '../../../../local/http/runbooks-page.ts';

const now = Date.UTC(2026, 10, 22, 10, 1);
const metrics = createMetricStore({ now: () => now });
for (const [model, value] of [
  ['a', 100],
  ['b', 300],
] as const)
  metrics.put({ namespace: 'Shop-dev', name: 'Ms', dimensions: { model }, value });
metrics.put({ namespace: 'Shop-dev', name: 'Calls', value: 2, at: now - 600_000 });
metrics.put({ namespace: 'Shop-dev', name: 'Calls', value: 3 });

const metric = (title: string, ...all: unknown[]) => ({
  type: 'metric',
  properties: { title, view: 'timeSeries', metrics: all },
});
const show = (...widgets: object[]) =>
  showDashboard(JSON.stringify({ start: '-PT3H', widgets }), metrics, now);

test('a metric is shown with its value over three hours, in steps of five minutes', () => {
  const [widget] = show(metric('Calls', ['Shop-dev', 'Calls', { label: 'calls', stat: 'Sum' }]));
  if (widget?.kind !== 'metrics') throw new Error('not a widget of metrics');
  expect(widget.series).toMatchObject([{ label: 'calls', statistic: 'Sum', value: 5 }]);
  expect(widget.series[0]?.points.slice(-3)).toEqual([2, undefined, 3]);
  expect(widget.series[0]?.points).toHaveLength(36);
});

test('a search shows each value of its dimension, and one without metrics nothing', () => {
  const by = (dimension: string) => [
    { expression: `SEARCH('{"Shop-dev",${dimension}} MetricName="Ms"', 'p95', 300)` },
  ];
  const [found, none] = show(metric('By model', by('model')), metric('By code', by('code')));
  expect(found).toMatchObject({
    series: [
      { label: 'a', value: 100 },
      { label: 'b', value: 300 },
    ],
  });
  expect(none).toMatchObject({ series: [] });
});

test('alarms, texts and queries are shown too', () => {
  expect(
    show(
      { type: 'text', properties: { markdown: '# What needs me\nLook at the runbooks.' } },
      {
        type: 'alarm',
        properties: { title: 'Alarms', alarms: ['arn:aws:cloudwatch:us-east-1:1:alarm:Shop-Failures'] },
      },
      {
        type: 'log',
        properties: { title: 'Refused', query: "SOURCE 'a' | SOURCE 'b' | filter x\n| limit 20" },
      },
    ),
  ).toEqual([
    { kind: 'text', title: 'What needs me', text: 'Look at the runbooks.' },
    { kind: 'alarms', title: 'Alarms', names: ['Shop-Failures'] },
    { kind: 'query', title: 'Refused', query: 'filter x\n| limit 20' },
  ]);
});

test.each([
  ['another widget', { type: 'explorer', properties: {} }],
  ['another expression', metric('Odd', [{ expression: 'm0/m1' }])],
  ['another statistic', metric('Odd', ['Shop-dev', 'Calls', { stat: 'TM90' }])],
])('%s is refused, not left out', (_, widget) => {
  expect(() => show(widget)).toThrow();
});

test('names on the page stay texts', () => {
  const widgets = show(metric('<b>Calls</b>', ['Shop-dev', 'Calls', { label: '<i>', stat: 'Sum' }]));
  const page = metricsPage({ alarms: [], dashboards: [{ name: '<script>', widgets }] }, []);
  expect(page).not.toMatch(/<b>|<i>|<script>/);
  expect(page).toContain('&#60;b&#62;Calls');
});

test('an alarm is shown by its name first, which leads to its runbook', () => {
  const shown = (name: string, description: string) => ({
    ...{ name, description, arn: '', state: 'OK' as const, reason: 'none', since: 0 },
    ...{ metrics: [], periodSeconds: 300, threshold: 1, missing: 'OK' as const, actions: [] },
  });
  const alarms = [shown('Team-a-Parked', 'A <repair> waits'), shown('Team-a-Other', 'Another')];
  const widgets = [{ kind: 'alarms' as const, title: 'Alarms', names: alarms.map(({ name }) => name) }];
  const page = metricsPage({ alarms, dashboards: [{ name: 'Team-a', widgets }] }, readRunbooks());
  expect(page).toContain(
    '<td><a href="/_local/runbooks#Parked">Team-a-Parked</a><div class="meta">A &#60;repair&#62; waits</div></td>',
  );
  expect(page).toContain('<td>Team-a-Other<div class="meta">Another</div></td>');
  expect(runbooksPage(readRunbooks())).toMatch(/<h2 id="Parked">Parked<\/h2>\n<pre>/);
});
