import { parseArgs } from 'node:util';
import { simulateDay } from './simulation/day.ts';
import { type DaySettings, defaultSettings } from './simulation/settings.ts';
import { renderDay } from './simulation/tables.ts';

const help = `One day of a Daypass deployment, simulated: what breaks first, and what the day costs.

  node bench/simulate-day.ts [options]

  --users N         users that have signed up (default ${defaultSettings.users})
  --seed N          the same seed gives the same day (default ${defaultSettings.seed})
  --ceiling N       items that the global ceiling is spread over (default ${defaultSettings.ceilingShards}); one item is always shown beside it
  --active SHARE    of the users who call on this day (default ${defaultSettings.activeShare})
  --sign-ups SHARE  of the users who are new on this day (default ${defaultSettings.signUpShare})
  --partitions N    partitions of the table (default ${defaultSettings.partitions}, those of a new one)
  --max-tokens N    the most a call may answer (default ${defaultSettings.maxOutputTokens})
  --help

All other assumptions are in bench/simulation/settings.ts, limits and prices with their sources in
bench/aws-figures.ts. docs/scale.md explains the tables.
`;

/** @returns the exit code */
export function main(args: string[], print: (text: string) => void): number {
  let settings: DaySettings | undefined;
  try {
    settings = readSettings(args);
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n\n${help}`);
    return 2;
  }
  print(settings === undefined ? help : `${renderDay(settings, simulateDay(settings))}\n`);
  return 0;
}

/** @returns undefined when help was asked for */
function readSettings(args: string[]): DaySettings | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      users: text,
      seed: text,
      ceiling: text,
      active: text,
      'sign-ups': text,
      partitions: text,
      'max-tokens': text,
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return undefined;
  const read = (name: Exclude<keyof typeof values, 'help'>, otherwise: number, most: number) =>
    readNumber(name, values[name], otherwise, most);
  return {
    ...defaultSettings,
    users: read('users', defaultSettings.users, 5_000_000),
    seed: read('seed', defaultSettings.seed, 2 ** 26),
    ceilingShards: read('ceiling', defaultSettings.ceilingShards, 1000),
    activeShare: read('active', defaultSettings.activeShare, 1),
    signUpShare: read('sign-ups', defaultSettings.signUpShare, 1),
    partitions: read('partitions', defaultSettings.partitions, 1000),
    maxOutputTokens: read('max-tokens', defaultSettings.maxOutputTokens, 1_000_000),
  };
}

function readNumber(name: string, value: string | undefined, otherwise: number, most: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  const whole = most > 1;
  if (
    value.trim() === '' ||
    !(number >= (whole ? 1 : 0) && number <= most) ||
    (whole && !Number.isInteger(number))
  ) {
    const kind = whole ? `a whole number from 1 to ${most}` : 'a share from 0 to 1';
    throw new Error(`--${name} ${value}: must be ${kind}`);
  }
  return number;
}

if (import.meta.main) {
  process.exitCode = main(process.argv.slice(2), (text) => process.stdout.write(text));
}
