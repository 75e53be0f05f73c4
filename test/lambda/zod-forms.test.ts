import * as zod from 'zod';
import * as ours from '../../lambda/zod/zod.ts';

/** What the console's forms use of zod besides the contract, made with zod and with what takes its place in the build. */
function schemas(z: typeof zod) {
  const password = z.string().superRefine((text, context) => {
    if (text.length < 3) context.addIssue({ code: 'custom', message: 'too short' });
    if (!/\d/.test(text)) context.addIssue({ code: 'custom', message: 'no digit' });
  });
  const pair = z
    .strictObject({ a: z.string(), b: z.string() })
    .refine(({ a, b }) => a !== b, { path: ['b'], message: 'must differ' });
  return {
    password,
    extended: z.strictObject({ other: z.int() }).extend({ password }),
    safelyExtended: pair.safeExtend({ b: password }),
    changed: z.custom<{ n: string }>().transform(({ n }, context) => {
      if (/^\d+$/.test(n)) return Number(n);
      context.addIssue({ code: 'custom', path: ['n'], message: 'not a number' });
      return z.NEVER;
    }),
  };
}

const values: Record<keyof ReturnType<typeof schemas>, readonly unknown[]> = {
  password: ['', 'ab', 'abc', 'abc1', 7, null],
  extended: [{ other: 1, password: 'abc1' }, { other: 1.5, password: 'a' }, { password: 'abc1' }, {}],
  safelyExtended: [
    { a: 'x', b: 'abc1' },
    { a: 'abc1', b: 'abc1' },
    { a: 'abc', b: 'abc' },
    { a: 1, b: 'a' },
  ],
  changed: [{ n: '12' }, { n: 'x' }],
};

const found = (schema: { safeParse(value: unknown): unknown }, value: unknown) => {
  const { success, data, error } = schema.safeParse(value) as {
    success: boolean;
    data?: unknown;
    error?: { issues: readonly { code: string; path: unknown; message: string }[] };
  };
  return success
    ? { data }
    : error?.issues.map(({ code, path, message }) => ({ code, path, ...(code === 'custom' && { message }) }));
};

test.each(Object.keys(values) as (keyof typeof values)[])('%s finds what zod finds', (name) => {
  const [theirs, our] = [schemas(zod)[name], schemas(ours as unknown as typeof zod)[name]];
  for (const value of values[name]) expect([value, found(our, value)]).toEqual([value, found(theirs, value)]);
});
