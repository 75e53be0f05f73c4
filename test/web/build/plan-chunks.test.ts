import fc from 'fast-check';
import { type Modules, type PlannedModule, planChunks } from '../../../web/build/plan-chunks.ts';

const module = (imports: string[] = [], size = 1000, loads: string[] = []): PlannedModule => ({
  size,
  imports,
  loads,
});

const modulesOf = (entries: Record<string, PlannedModule>): Modules => new Map(Object.entries(entries));

/** Which chunks a screen loads: its own, and all that these import. */
function loadedBy(screen: string, modules: Modules, plan: ReadonlyMap<string, string>): Set<string> {
  const loaded = new Set<string>();
  const waiting = [plan.get(screen)];
  for (let chunk = waiting.pop(); chunk !== undefined; chunk = waiting.pop()) {
    if (loaded.has(chunk)) continue;
    loaded.add(chunk);
    waiting.push(...(importedChunks(modules, plan).get(chunk) ?? []));
  }
  return loaded;
}

function importedChunks(modules: Modules, plan: ReadonlyMap<string, string>): Map<string, string[]> {
  const imports = new Map<string, string[]>();
  for (const [id, chunk] of plan) {
    const others = (modules.get(id)?.imports ?? [])
      .flatMap((other) => plan.get(other) ?? [])
      .filter((other) => other !== chunk);
    imports.set(chunk, [...(imports.get(chunk) ?? []), ...others]);
  }
  return imports;
}

test('what loads with the entry is one chunk, and what only parts need is left to the bundler', () => {
  const modules = modulesOf({
    main: module(['react'], 1000, ['one']),
    react: module(),
    one: module(['react'], 1000, ['dialog']),
    dialog: module(['popup']),
    popup: module(),
  });
  const plan = planChunks(modules, 'main', [['one']], 12);
  expect(plan.get('main')).toBe('start');
  expect(plan.get('react')).toBe('start');
  expect(plan.get('one')).not.toBe('start');
  expect(plan.has('dialog')).toBe(false);
  expect(plan.has('popup')).toBe(false);
});

test('chunks become one where the screens load least more', () => {
  const modules = modulesOf({
    main: module([], 1000, ['one', 'two', 'three']),
    one: module(['large', 'small']),
    two: module(['large', 'small']),
    three: module(['small', 'smaller']),
    large: module([], 100_000),
    small: module([], 100),
    smaller: module([], 100),
  });
  const plan = planChunks(modules, 'main', [['one'], ['two'], ['three']], 3);
  for (const screen of ['one', 'two', 'three'])
    expect(loadedBy(screen, modules, plan).size).toBeLessThanOrEqual(2);
  expect([...loadedBy('three', modules, plan)]).not.toContain(plan.get('large'));
});

/** Any graph, with circular imports too: of 30 modules, of which the first is the entry and the next eight are screens. */
const anyModules = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.array(fc.nat(29), { maxLength: 4 })), {
    minLength: 30,
    maxLength: 30,
  })
  .map((rows) => {
    const screens = rows.slice(1, 9).map((_, place) => `m${place + 1}`);
    const entries = rows.map(([size, imports], place): [string, PlannedModule] => [
      `m${place}`,
      {
        size,
        imports: place === 0 ? ['m29'] : imports.filter((other) => other > 8).map((other) => `m${other}`),
        loads: place === 0 ? screens : [],
      },
    ]);
    return { modules: new Map(entries), screens };
  });

test('whatever imports what, no screen loads too many chunks, and none imports itself through another', () => {
  fc.assert(
    fc.property(anyModules, fc.integer({ min: 3, max: 6 }), ({ modules, screens }, mostFiles) => {
      const plan = planChunks(
        modules,
        'm0',
        screens.map((screen) => [screen]),
        mostFiles,
      );
      for (const screen of screens) {
        const loaded = loadedBy(screen, modules, plan);
        expect(loaded.add('start').size).toBeLessThanOrEqual(mostFiles);
      }
      const imports = importedChunks(modules, plan);
      for (const chunk of imports.keys()) {
        const reached = new Set<string>();
        const waiting = [...(imports.get(chunk) ?? [])];
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          if (reached.has(next)) continue;
          reached.add(next);
          waiting.push(...(imports.get(next) ?? []));
        }
        expect(reached).not.toContain(chunk);
      }
    }),
    { numRuns: 200 },
  );
});
