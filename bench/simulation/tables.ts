import type { Day } from './day.ts';
import { writeKinds } from './demand.ts';
import { refusalReasons } from './one-account.ts';
import { perWindow, spreadOf, sumOf } from './series.ts';
import type { DaySettings } from './settings.ts';

type Row = readonly (string | number)[];

/** The day as Markdown tables, ready for docs/scale.md. */
export function renderDay(settings: DaySettings, day: Day): string {
  return [
    `${number(settings.users)} users, seed ${settings.seed}`,
    section('The day', ['what', 'count'], theDay(settings, day)),
    section(
      'What breaks first',
      ['limit', 'of one account', 'busiest moment', 'breaks at users', 'can be raised'],
      limits(day),
    ),
    section('A second', ['what', 'p50', 'p95', 'max'], seconds(day)),
    section(
      'Bedrock, a minute',
      ['model', 'requests p50', 'p95', 'max', 'tokens used, max', 'held, max', 'quota'],
      bedrock(settings, day),
    ),
    section('DynamoDB writes', ['item and reason', 'a day', 'p50', 'p95', 'max a second'], writes(day)),
    section(
      'Throttled writes',
      ['where', 'busiest, a second', 'throttled', 'in seconds'],
      throttles(settings, day),
    ),
    section('Keys made', ['what', 'count'], creation(day)),
    section('One account as AWS gives it', ['outcome', 'calls', 'share'], oneAccount(day)),
    section('Cost of the day', ['service', 'amount', 'US dollars'], costs(day)),
  ].join('\n\n');
}

function theDay(settings: DaySettings, { demand, keys }: Day): Row[] {
  return [
    ['active users', Math.round(settings.users * settings.activeShare)],
    ['calls', demand.calls],
    ['served', demand.served],
    ['refused, past the plan', demand.refused],
    ['given back', demand.givenBack],
    ['API keys', keys.existing],
    ['accounts and Regions for them, at 10,000 keys each', keys.cells],
  ];
}

function limits(day: Day): Row[] {
  return day.limits.map(({ name, limit, unit, peak, breaksAtUsers, raisable }) => [
    name,
    `${number(limit)} ${unit}`,
    number(peak),
    number(twoDigits(breaksAtUsers)),
    raisable ? 'yes' : 'no',
  ]);
}

function seconds({ demand }: Day): Row[] {
  return [
    spreadRow('chat calls', demand.callsPerSecond),
    spreadRow('chat functions at once', demand.running),
    spreadRow('writes of the global ceiling', demand.ceilingWrites),
  ];
}

function bedrock(settings: DaySettings, { demand }: Day): Row[] {
  return settings.models.map((model, index) => {
    const tokens = demand.tokens[index] ?? new Float64Array(0);
    const share = demand.callsPerSecond.map((calls) => calls * model.share);
    const requests = spreadOf(perWindow(share, 60));
    return [
      model.name,
      Math.round(requests.p50),
      Math.round(requests.p95),
      Math.round(requests.max),
      spreadOf(perWindow(tokens, 60)).max,
      spreadOf(demand.heldTokens[index] ?? []).max,
      model.quotaTokensPerMinute,
    ];
  });
}

const writeNames: Record<(typeof writeKinds)[number], string> = {
  gate: 'meter: gate',
  settle: 'usage day: settle and roll-up',
  refusal: 'usage day: count a refusal',
  refund: 'meter: give back',
  tidy: 'meter: tidy',
  ledger: 'ledger',
  keys: 'keys: create',
  profile: 'user: profile',
};

function writes({ demand, hottestPartition }: Day): Row[] {
  const rows = writeKinds.map((kind): Row => {
    const [, ...rest] = spreadRow('', demand.writes[kind]);
    return [writeNames[kind], sumOf(demand.writes[kind]), ...rest];
  });
  const table = demand.callsPerSecond.map((_, second) =>
    writeKinds.reduce((sum, kind) => sum + (demand.writes[kind][second] ?? 0), 0),
  );
  const [, ...total] = spreadRow('', table);
  const { p50, p95, max } = hottestPartition;
  return [...rows, ['table', sumOf(table), ...total], ['hottest partition', '', p50, p95, max]];
}

function throttles(settings: DaySettings, day: Day): Row[] {
  return [
    [
      `table on ${settings.partitions} partitions`,
      day.hottestPartition.max,
      day.partitionThrottles.writes,
      day.partitionThrottles.seconds,
    ],
    ...day.ceiling.map(
      ({ shards, busiestShard, throttled }): Row => [
        shards === 1 ? 'global ceiling on one item' : `global ceiling on ${shards} items`,
        busiestShard.max,
        throttled.writes,
        throttled.seconds,
      ],
    ),
  ];
}

function creation({ creation: made }: Day): Row[] {
  return [
    ['wanted', made.wanted],
    ['wanted in the busiest minute, a second', made.peakPerSecond.toFixed(1)],
    ['made', made.made],
    ['CreateApiKey attempts', made.attempts],
    ['answers 503', made.answers503],
    ['functions stopped at their timeout (504)', made.answers504],
    ['gave up', made.gaveUp],
    ['wait p50, seconds', made.waitSeconds.p50.toFixed(1)],
    ['wait p95, seconds', made.waitSeconds.p95.toFixed(1)],
    ['wait max, seconds', made.waitSeconds.max.toFixed(1)],
  ];
}

function oneAccount({ oneAccount: { calls, served, refused } }: Day): Row[] {
  const share = (amount: number) => `${((100 * amount) / calls).toFixed(2)} %`;
  return [
    ['served', served, share(served)],
    ...refusalReasons.map((reason): Row => [`refused: ${reason}`, refused[reason], share(refused[reason])]),
    ['calls', calls, share(calls)],
  ];
}

function costs(day: Day): Row[] {
  const total = day.costs.reduce((sum, { dollars }) => sum + dollars, 0);
  return [
    ...day.costs.map(({ service, units, dollars }): Row => [service, units, dollars.toFixed(2)]),
    ['together', '', total.toFixed(2)],
  ];
}

function spreadRow(name: string, values: ArrayLike<number>): Row {
  const { p50, p95, max } = spreadOf(values);
  return [name, p50, p95, max];
}

function section(title: string, head: Row, rows: Row[]): string {
  const line = (cells: Row) =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell)).join(' | ')} |`;
  return [`### ${title}`, '', line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** An extrapolation is no more exact than this. */
function twoDigits(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(2)) : value;
}
