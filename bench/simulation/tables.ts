import type { Day } from './day.ts';
import { type AccountDay, refusalReasons } from './one-account.ts';
import { maxOf, perWindow, spreadOf, sumOf, sumOfAll } from './series.ts';
import type { DaySettings } from './settings.ts';
import { writeKinds } from './write-units.ts';

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
    section('DynamoDB write units', ['item and reason', 'a day', 'p50', 'p95', 'max a second'], writes(day)),
    section(
      'Throttled write units',
      ['where', 'busiest, a second', 'throttled', 'in seconds'],
      throttles(settings, day),
    ),
    section('Keys made', ['what', 'count'], creation(day)),
    section(
      'The same calls against one account, keys aside',
      ['outcome', ...day.accounts.map(({ name }) => name)],
      accounts(day),
    ),
    section('Cost of the day', ['service', 'amount', 'US dollars'], costs(day)),
  ].join('\n\n');
}

function theDay(settings: DaySettings, { demand, keys }: Day): Row[] {
  return [
    ['active users', Math.round(settings.users * settings.activeShare)],
    ['calls', demand.calls],
    ['served', demand.served],
    ['refused, past the plan', demand.refused],
    ['refunded', demand.refunded],
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
    spreadRow('write units of the ceiling’s requests', demand.ceilingWrites),
  ];
}

function bedrock(settings: DaySettings, { demand }: Day): Row[] {
  return settings.models.map((model, index) => {
    const tokens = demand.tokens[index] ?? new Float64Array(0);
    const requests = spreadOf(perWindow(demand.requests[index] ?? tokens, 60));
    return [
      model.name,
      Math.round(requests.p50),
      Math.round(requests.p95),
      Math.round(requests.max),
      maxOf(perWindow(tokens, 60)),
      maxOf(demand.heldTokens[index] ?? []),
      model.quotaTokensPerMinute,
    ];
  });
}

const writeNames: Record<(typeof writeKinds)[number], string> = {
  gate: 'meter: gate',
  settle: 'meter: settle',
  moveDay: 'usage day: move the day before',
  refusal: 'meter: count a refusal',
  refund: 'meter: refund',
  ledger: 'ledger: line of a call',
  keys: 'keys: create',
  profile: 'user: profile',
};

function writes({ demand, hottestPartition }: Day): Row[] {
  const rows = writeKinds.map((kind): Row => {
    const [, ...rest] = spreadRow('', demand.writes[kind]);
    return [writeNames[kind], sumOf(demand.writes[kind]), ...rest];
  });
  const table = sumOfAll(Object.values(demand.writes));
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
        shards === 1 ? 'ceiling’s requests on one item' : `ceiling’s requests on ${shards} items`,
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
    ['gave up', made.gaveUp],
    ['wait p50, seconds', made.waitSeconds.p50.toFixed(1)],
    ['wait p95, seconds', made.waitSeconds.p95.toFixed(1)],
    ['wait max, seconds', made.waitSeconds.max.toFixed(1)],
  ];
}

function accounts({ accounts: runs }: Day): Row[] {
  const row = (name: string, amountOf: (day: AccountDay) => number): Row => [
    name,
    ...runs.map(
      ({ day }) => `${number(amountOf(day))} (${((100 * amountOf(day)) / day.calls).toFixed(2)} %)`,
    ),
  ];
  return [
    row('calls', (day) => day.calls),
    row('served', (day) => day.served),
    ...refusalReasons.map((reason) => row(`refused: ${reason}`, (day) => day.refused[reason])),
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
