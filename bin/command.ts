import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A mistake in how a command was called: exit code 2. */
export class Mistake extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** What a command takes, beside `--help`. */
export interface Shape<Known extends Options, Names extends readonly string[]> {
  help: string;
  options: Known;
  /** What has to be named without an option, in this order, such as FILE. */
  names?: Names;
  /** Whether more may follow; otherwise it is refused. */
  takesMore?: boolean;
}

export interface Arguments<Known extends Options, Names extends readonly string[]> {
  values: ReturnType<typeof parseArgs<{ options: Known }>>['values'];
  named: [...{ [at in keyof Names]: string }, ...string[]];
}

/** Where a command works: each takes these alike. */
export const place = {
  stack: { type: 'string', default: 'Daypass' },
  local: { type: 'boolean', default: false },
  port: { type: 'string' },
} as const;

/**
 * Runs a command: what it throws is told in one line, without a stack.
 * @param errorCode the exit code of what is no mistake, where 1 says something else
 */
export function runCommand<const Known extends Options, const Names extends readonly string[] = []>(
  shape: Shape<Known, Names>,
  main: (given: Arguments<Known, Names>) => Promise<void>,
  errorCode = 1,
): void {
  endWithReader();
  const run = async () => {
    const given = readArguments(shape, process.argv.slice(2));
    if (given === 'help') process.stdout.write(shape.help);
    else await main(given);
  };
  // Once the command's file has been read to its end.
  Promise.resolve()
    .then(run)
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exitCode = error instanceof Mistake ? 2 : errorCode;
    });
}

/** A reader that has seen enough, such as `head`, ends the command. That is no error. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

/** @throws Mistake that names what is not taken, or is missing */
export function readArguments<const Known extends Options, const Names extends readonly string[] = []>(
  { options, names, takesMore = false }: Shape<Known, Names>,
  args: string[],
): Arguments<Known, Names> | 'help' {
  const known: Options = { ...options, help: { type: 'boolean', short: 'h' } };
  // Strict, parseArgs would refuse too, but in several lines and without naming where options are listed.
  const { values, positionals, tokens } = parseArgs({
    args,
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!Object.hasOwn(known, name)) throw new Mistake(`There is no option '${rawName}'. See --help.`);
    if (known[name]?.type === 'boolean') {
      if (value !== undefined) throw new Mistake(`${rawName} takes no value. See --help.`);
    } else if (!value || (value.startsWith('-') && !inlineValue))
      throw new Mistake(`${rawName} needs a value. See --help.`);
  }
  if (values.help) return 'help';
  const missing = names?.[positionals.length];
  if (missing !== undefined) throw new Mistake(`${missing} is missing. See --help.`);
  const extra = positionals[names?.length ?? 0];
  if (extra !== undefined && !takesMore) throw new Mistake(`'${extra}' is not expected here. See --help.`);
  return { values, named: positionals } as Arguments<Known, Names>;
}

export const say = (line: string) => process.stdout.write(`${line}\n`);

/** The platform takes this port, the next one, and the one 566 above. */
const highestPort = 65_535 - 566;

/** The port of the platform on this machine; undefined: AWS. @throws Mistake */
export function portOf({ local, port }: { local: boolean; port?: string | undefined }): number | undefined {
  if (port !== undefined && !local) throw new Mistake('--port goes with --local. See --help.');
  return local ? localPort(port) : undefined;
}

/** @throws Mistake */
export function localPort(text = process.env.DAYPASS_PORT ?? '4000'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= highestPort) return port;
  throw new Mistake(`The port '${text}' is not possible: choose a number from 1 to ${highestPort}.`);
}

/** Whatever reading an option's value throws is a mistake in the command. */
export function readingOption<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw new Mistake(`${error instanceof Error ? error.message : error} See --help.`);
  }
}

/** Columns of a summary, the first to the left and numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const text = (cell: string | number) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell);
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => text(row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 ? text(cell).padEnd(widths[at] ?? 0) : text(cell).padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
