import { createLog } from '../../local/log.ts';

function written(say: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const out = {
    isTTY: false,
    write(chunk: string) {
      text += chunk;
      return true;
    },
  };
  say(createLog(out as unknown as NodeJS.WriteStream, { verbose: true }));
  return text;
}

test.each([
  ['an escape sequence', '\u001b[2J', '\\u{1b}[2J'],
  ['a carriage return', 'a\rb', 'a\\u{d}b'],
  ['a C1 control', '\u009b2J', '\\u{9b}2J'],
  ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
  ['text that runs the other way', 'a\u202eb', 'a\\u{202e}b'],
])('%s from a caller doesn’t reach the terminal', (_what, said, shown) => {
  for (const how of ['info', 'warn', 'detail'] as const) {
    expect(written((log) => log[how]('tag', said))).toBe(`tag          ${shown}\n`);
  }
});

test('stack traces and other scripts are left as they are', () => {
  expect(written((log) => log.info('tag', 'Error: grüße 日本\n\tat x'))).toContain('grüße 日本\n\tat x\n');
});

test('a long message is cut', () => {
  expect(written((log) => log.info('tag', 'x'.repeat(1_000_000))).length).toBeLessThan(21_000);
});
