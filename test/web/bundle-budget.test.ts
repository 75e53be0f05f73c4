import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  importCircle,
  landingOverBudget,
  loadedScreens,
  type Output,
  overBudget,
} from '../../web/build/bundle-budget.ts';
import { withRoutesAlone } from '../../web/build/routes-alone.ts';
import { screensOfRoutes } from '../../web/build/screens-of-routes.ts';

/** Random text, which compresses to no less than three quarters. */
const codeOf = (kilobytes: number) => randomBytes(kilobytes * 750).toString('base64');

const chunk = (fileName: string, kilobytes: number, more: Partial<Output> = {}): Output => ({
  fileName,
  code: codeOf(kilobytes),
  ...more,
});

const outputs = (shared: number): Output[] => [
  chunk('main.js', 40, { isEntry: true, imports: ['a.js'] }),
  chunk('a.js', 30),
  chunk('shell.js', 20, { imports: ['a.js'], moduleIds: ['/x/web/shell/shell.tsx'] }),
  chunk('one.js', 10, { imports: ['shared.js'], moduleIds: ['/x/web/screens/one.tsx'] }),
  chunk('shared.js', shared),
  chunk('other.js', 400, { moduleIds: ['/x/web/screens/other.tsx'] }),
];
const one = { path: '/one', modules: ['./shell/shell.tsx', './screens/one.tsx'] };

test('counts the entry, the layout, the screen and their static imports, each once', () => {
  const [screen] = loadedScreens(outputs(30), [one]);
  expect(screen?.fileNames).toEqual(['main.js', 'a.js', 'shell.js', 'one.js', 'shared.js']);
  expect(screen?.kilobytes).toBeGreaterThan(90);
  expect(screen?.kilobytes).toBeLessThan(140);
  expect(overBudget(loadedScreens(outputs(30), [one])).faults).toEqual([]);
});

test('a screen that loads too much is named, with what to do', () => {
  const { faults } = overBudget(loadedScreens(outputs(200), [one]));
  expect(faults).toEqual([expect.stringMatching(/^Too much script\. \/one: 5 files, .*on-demand/)]);
});

test('so is one of too many files', () => {
  const files = Array.from({ length: 12 }, (_, number) => chunk(`part-${number}.js`, 1));
  const all = [
    ...outputs(1).filter(({ fileName }) => fileName !== 'shared.js'),
    chunk('shared.js', 1, { imports: files.map(({ fileName }) => fileName) }),
    ...files,
  ];
  expect(overBudget(loadedScreens(all, [one])).faults).toHaveLength(1);
});

test('a build without an entry, or without a screen, fails', () => {
  expect(() => loadedScreens([chunk('a.js', 1)], [one])).toThrow('no entry');
  expect(() => loadedScreens([chunk('a.js', 1, { isEntry: true })], [one])).toThrow('./shell/shell.tsx');
});

test('the landing page’s own script has a budget', () => {
  expect(landingOverBudget([chunk('landing.js', 5)])).toBeUndefined();
  expect(landingOverBudget([chunk('landing.js', 50)])).toContain('landing page');
});

test('chunks that import each other are told', () => {
  expect(importCircle(outputs(1))).toBeUndefined();
  const circle = [
    ...outputs(1),
    chunk('x.js', 1, { imports: ['y.js'] }),
    chunk('y.js', 1, { imports: ['x.js'] }),
  ];
  expect(importCircle(circle)).toBe('Chunks import each other: x.js imports y.js imports x.js');
});

test('every address of the console is found with what it imports', () => {
  const screens = screensOfRoutes(readFileSync('web/routes.tsx', 'utf8'));
  expect(screens.length).toBeGreaterThan(20);
  expect(new Set(screens.map(({ path }) => path)).size).toBe(screens.length);
  expect(screens).toContainEqual({
    path: '/admin/users',
    modules: [
      './shell/console-shell.tsx',
      './screens/admin/admin-area.tsx',
      './screens/admin/users/users-screen.tsx',
    ],
  });
});

test('of a route, the console has what it calls it by', () => {
  const code = `export const routes = { a: { method: 'get', path: '/a', access: 'public', answers: { 200: { schema } } } };
const other = { path: '/b', answers: 1 };`;
  expect(
    withRoutesAlone(code),
  ).toBe(`export const routes = { a: { method: 'get', path: '/a', access: 'public', answers: undefined } };
const other = { path: '/b', answers: 1 };`);
});
