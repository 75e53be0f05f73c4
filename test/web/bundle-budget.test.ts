import { randomBytes } from 'node:crypto';
import { initialScript } from '../../web/build/bundle-budget.ts';

/** Random text, which compresses to no less than three quarters. */
const codeOf = (kilobytes: number) => randomBytes(kilobytes * 750).toString('base64');

const chunk = (
  fileName: string,
  kilobytes: number,
  more: { isEntry?: boolean; imports?: string[] } = {},
) => ({
  fileName,
  code: codeOf(kilobytes),
  ...more,
});

test('counts the entry and its static imports, each once, and nothing that is loaded later', () => {
  const { words, isOver } = initialScript([
    chunk('main.js', 50, { isEntry: true, imports: ['a.js', 'b.js'] }),
    chunk('a.js', 40, { imports: ['b.js'] }),
    chunk('b.js', 40),
    chunk('screen.js', 400, { imports: ['a.js'] }),
    { fileName: 'main.css' },
  ]);
  const kilobytes = Number(/([\d.]+) kB of/.exec(words)?.[1]);
  expect(kilobytes).toBeGreaterThan(90);
  expect(kilobytes).toBeLessThan(110);
  expect(isOver).toBe(false);
});

test('is over budget when the imports are too large, and says what to do', () => {
  const { words, isOver } = initialScript([
    chunk('main.js', 100, { isEntry: true, imports: ['a.js'] }),
    chunk('a.js', 150),
  ]);
  expect(isOver).toBe(true);
  expect(words).toContain('lazily');
});

test('a build without an entry fails', () => {
  expect(() => initialScript([chunk('a.js', 1)])).toThrow('no entry');
});
