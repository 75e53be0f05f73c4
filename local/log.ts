/** Where the runtime writes for people: one line a call, tagged by who says it. */
export interface Log {
  info(tag: string, message: string): void;
  warn(tag: string, message: string): void;
  /** Shown with `--verbose` only. */
  detail(tag: string, message: string): void;
}

const colours = { dim: '\u001b[2m', yellow: '\u001b[33m', reset: '\u001b[0m' };

/** @param out a terminal gets colours; a pipe or file gets plain text */
export function createLog(out: NodeJS.WriteStream, options: { verbose: boolean }): Log {
  const paint = (colour: keyof typeof colours, text: string) =>
    out.isTTY ? `${colours[colour]}${text}${colours.reset}` : text;
  const line = (tag: string, message: string) => out.write(`${paint('dim', tag.padEnd(12))} ${message}\n`);
  return {
    info: line,
    warn: (tag, message) => line(tag, paint('yellow', message)),
    detail: (tag, message) => {
      if (options.verbose) line(tag, message);
    },
  };
}

export const silentLog: Log = { info() {}, warn() {}, detail() {} };
