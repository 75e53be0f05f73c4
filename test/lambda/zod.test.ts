import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';
import fc from 'fast-check';
import type * as z from 'zod';
import * as zod from 'zod';
import { issueWords } from '../../core/contract/issue-words.ts';
import type { RouteContract } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import { expiryTime } from '../../core/keys/expiry.ts';
import * as environment from '../../lambda/env.ts';
import { bundling } from '../../lib/constructs/functions/esbuild-options.ts';
import { wrongValues } from '../core/contract/wrong-values.ts';

/** What functions run: the same sources, with lambda/zod in place of zod. */
async function loadBundled() {
  const contents = [
    "export { routes } from './core/contract/routes.ts';",
    "export { expiryTime } from './core/keys/expiry.ts';",
    "export * as environment from './lambda/env.ts';",
  ];
  const { outputFiles, metafile } = await build({
    ...bundling,
    stdin: { contents: contents.join('\n'), resolveDir: bundling.absWorkingDir },
    format: 'esm',
    write: false,
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).filter((file) => file.includes('node_modules'))).toEqual([]);
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(`data:text/javascript;base64,${code}`) as Promise<{
    routes: typeof routes;
    expiryTime: typeof expiryTime;
    environment: typeof environment;
  }>;
}
const bundled = await loadBundled();

type Pair = readonly [name: string, byZod: z.ZodType, bundled: z.ZodType];

/** Each schema of a route: what it takes, and what it answers. */
const pairs: Pair[] = Object.entries<RouteContract>(routes).flatMap(([name, route]) => {
  const other = (bundled.routes as Record<string, RouteContract>)[name] as RouteContract;
  const schemas = ({ body, query, headers = {}, answers }: RouteContract) => ({
    body,
    query,
    ...Object.fromEntries(Object.entries(headers).map(([header, { schema }]) => [header, schema])),
    ...Object.fromEntries(Object.entries(answers).map(([status, { schema }]) => [status, schema])),
  });
  const others = schemas(other) as Record<string, z.ZodType>;
  return Object.entries<z.ZodType | undefined>(schemas(route)).flatMap(([part, schema]) =>
    schema === undefined ? [] : [[`${name}: ${part}`, schema, others[part] as z.ZodType] as const],
  );
});

/** What a caller or a log can notice of it. */
function readBy(schema: z.ZodType, value: unknown) {
  const { success, data, error } = schema.safeParse(value, { error: issueWords, reportInput: true });
  return success ? { data } : { issues: error.issues.map(noticed) };
}

function noticed(issue: z.core.$ZodIssue): object {
  const { code, path, message, input } = issue;
  return {
    ...{ code, path, message, input },
    ...('keys' in issue && { keys: issue.keys }),
    ...('expected' in issue && { expected: issue.expected }),
    ...('discriminator' in issue && { discriminator: issue.discriminator }),
    ...('errors' in issue && { errors: issue.errors.map((branch) => branch.map(noticed)) }),
  };
}

function expectSame([, byZod, other]: Pair, value: unknown): void {
  const [expected, found] = [readBy(byZod, value), readBy(other, value)];
  if (!isDeepStrictEqual(found, expected)) expect({ value, ...found }).toEqual({ value, ...expected });
}

test.each(pairs)('%s: each single mistake is found, and worded, as by zod', (...pair) => {
  for (const value of wrongValues(pair[1])) expectSame(pair, value);
});

/** JSON, as a caller may write it, with names and values that the contract knows. */
const names = [
  'role',
  'type',
  'content',
  'text',
  'model',
  'messages',
  'name',
  'id',
  '__proto__',
  'constructor',
];
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { withCrossShrink: true, maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      1,
      -1,
      0.5,
      1e21,
      '',
      'text',
      'user',
      'auto',
      'function',
      '2026-01-02',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 4 })), tie('value')), {
        maxLength: 4,
      })
      .map((entries) =>
        JSON.parse(`{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)}}`),
      ),
  ),
}));

type Change = { at: number; with: unknown; how: 'replace' | 'remove' | 'add' | 'copy'; name: string };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(200),
  with: anyValue,
  how: fc.constantFrom('replace', 'remove', 'add', 'copy'),
  name: fc.constantFrom(...names, 'x'),
});

/** A copy in which some places, counted through the whole value, are changed. */
function changed(value: unknown, changes: readonly Change[]): unknown {
  const whole = { value: structuredClone(value) };
  for (const one of changes) {
    const places: [Record<string, unknown>, string][] = [];
    const collect = (holder: Record<string, unknown>) => {
      for (const name of Object.keys(holder)) {
        places.push([holder, name]);
        if (typeof holder[name] === 'object' && holder[name] !== null) collect(holder[name] as typeof holder);
      }
    };
    collect(whole);
    if (places.length === 0) break;
    const [holder, name] = places[one.at % places.length] as (typeof places)[number];
    const other = places[(one.at * 7) % places.length] as (typeof places)[number];
    if (one.how === 'replace') holder[name] = one.with;
    if (one.how === 'remove') Array.isArray(holder) ? holder.splice(Number(name), 1) : delete holder[name];
    if (one.how === 'copy') holder[name] = structuredClone(other[0][other[1]]);
    if (one.how === 'add' && Array.isArray(holder)) holder.push(one.with);
    else if (one.how === 'add')
      Object.defineProperty(holder, one.name, {
        value: one.with,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return whole.value;
}

test.each(pairs.filter(([name]) => /: (body|query)$/.test(name)))(
  '%s: any number of mistakes are found, and worded, as by zod',
  (...pair) => {
    const seeds = [...wrongValues(pair[1])].filter((value) => typeof value === 'object' && value !== null);
    fc.assert(
      fc.property(fc.nat(), fc.array(change, { maxLength: 5 }), (at, changes) => {
        expectSame(pair, changed(seeds[at % seeds.length], changes));
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(anyValue, (value) => expectSame(pair, value)),
      { numRuns: 50 },
    );
  },
);

test.each(Object.keys(environment).filter((name) => /^[^r].*Environment$/.test(name)))(
  '%s is read as by zod',
  (name) => {
    const schemasIn = (from: object) => (from as Record<string, z.ZodType>)[name] as z.ZodType;
    const pair: Pair = [name, schemasIn(environment), schemasIn(bundled.environment)];
    for (const value of wrongValues(pair[1])) expectSame(pair, value);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...Object.keys((pair[1] as z.ZodObject).shape), 'PATH'),
          fc.oneof(fc.string(), fc.webUrl()),
        ),
        (variables) => expectSame(pair, variables),
      ),
    );
  },
);

test('times are read as by zod', () => {
  const part = fc.constantFrom(
    '2028-02-29',
    '2027-02-29',
    '2100-02-29',
    '2027-01-31',
    'T',
    '10:05',
    ':00',
    ':60',
    '.5',
    'Z',
    '+02:00',
    '-24:00',
    'z',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const now = Date.UTC(2026, 0, 1);
      expect(bundled.expiryTime(parts.join(''), now)).toBe(expiryTime(parts.join(''), now));
    }),
    { numRuns: 2000 },
  );
});

/** Names of what schemas of zod can do, but for those that lists, texts, promises and maps have too. */
function methodsOf(schema: object): string[] {
  const names = new Set(Object.keys(schema));
  for (let one = Object.getPrototypeOf(schema); one !== Object.prototype; one = Object.getPrototypeOf(one)) {
    for (const name of Object.getOwnPropertyNames(one)) names.add(name);
  }
  const usual = [[], '', Promise.prototype, new Map()].map(Object);
  return [...names].filter((name) => /^[a-z]/.test(name) && !usual.some((value) => name in value));
}

test('no source of a function uses a part of zod’s schemas that its stand-in lacks', () => {
  const schemas = [
    zod.string(),
    zod.number(),
    zod.array(zod.string()),
    zod.strictObject({}),
    zod.record(zod.string(), zod.string()),
  ];
  const known = methodsOf(bundled.environment.baseEnvironment);
  expect(known).toContain('safeParse');
  const lacking = schemas.flatMap(methodsOf).filter((name) => !known.includes(name));
  expect(lacking).toContain('safeParseAsync');
  const call = new RegExp(`(?<!\\bz\\s*|\\biso\\s*)\\.(${[...new Set(lacking)].join('|')})\\(`);
  const sources = globSync('{core,lambda}/**/*.ts', { cwd: bundling.absWorkingDir }).filter(
    // Made at synth, by zod itself.
    (file) => !file.startsWith('core/contract/openapi/'),
  );
  const using = sources.filter((file) => {
    const source = readFileSync(join(bundling.absWorkingDir, file), 'utf8');
    return source.includes("import * as z from 'zod'") && call.test(source);
  });
  expect(using).toEqual([]);
});
