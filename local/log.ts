/** What the runtime writes to the terminal: one line a call, tagged by its source. */
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
  const line = (tag: string, message: string) => write(tag, printable(message));
  const write = (tag: string, text: string) => out.write(`${paint('dim', tag.padEnd(12))} ${text}\n`);
  return {
    info: line,
    warn: (tag, message) => write(tag, paint('yellow', printable(message))),
    detail: (tag, message) => {
      if (options.verbose) line(tag, message);
    },
  };
}

const longestMessage = 20_000;
const drivesTerminal = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Callers choose parts of some lines, which must not control the terminal, or fill it. */
function printable(message: string): string {
  const shown = message.length > longestMessage ? `${message.slice(0, longestMessage)} …` : message;
  return shown.replace(drivesTerminal, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

export const silentLog: Log = { info() {}, warn() {}, detail() {} };
