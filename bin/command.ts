/** A mistake in how a command was called: exit code 2. */
export class Mistake extends Error {}

/** Runs a command: what it throws is told in one line, without a stack. */
export function runCommand(main: () => Promise<void>): void {
  endWithReader();
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = error instanceof Mistake ? 2 : 1;
  });
}

/** A reader that has seen enough, such as `head`, ends the command. That is no error. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

export const say = (line: string) => process.stdout.write(`${line}\n`);

/** The port that `--local` and `--port` mean; undefined: AWS. */
export function portOf({ local, port }: { local: boolean; port?: string | undefined }): string | undefined {
  if (port !== undefined && !local) throw new Mistake('--port goes with --local. See --help.');
  return local ? (port ?? process.env.DAYPASS_PORT ?? '4000') : undefined;
}

/** What `parseArgs` throws names the option; this adds where they are listed. */
export function readingArguments<Read>(read: () => Read): Read {
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
