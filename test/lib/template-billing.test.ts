import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { RouteContract } from '../../core/contract/route-contract.ts';
import { slowRouteRunsMs } from '../../core/contract/route-time.ts';
import { routes } from '../../core/contract/routes.ts';
import { mistakesOf, smallest } from './settings-file.ts';
import { synth } from './synth.ts';
import { functionsOf, grantsOf, methodsOf, readTemplate } from './template.ts';

const sold = { name: 'pro', requestsPerDay: 100, price: '$20', stripePriceId: 'price_1' };
const stripe = { apiKey: { secret: 'daypass/stripe' }, webhookSecret: { secret: 'daypass/whsec' } };
const settings = { ...smallest, plans: [...smallest.plans, sold], billing: { stripe } };
const template = synth({ settings });
const handlers = [...functionsOf(template).keys()];
const billingRoutes = Object.values<RouteContract>(routes)
  .filter(({ onlyWhere }) => onlyWhere === 'billing')
  .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  .sort();
const named = (of: typeof template) =>
  methodsOf(of)
    .map(({ name }) => name)
    .filter((name) => name.includes('/billing') && !name.startsWith('OPTIONS'))
    .sort();

test('the routes exist where billing is set, and nothing of it elsewhere', () => {
  expect(named(template)).toEqual(billingRoutes);
  const usual = readTemplate();
  expect(named(usual)).toEqual([]);
  expect(functionsOf(usual).has('billing')).toBe(false);
  expect(JSON.stringify(usual)).not.toMatch(/stripe|BILLING_FUNCTION_NAME/i);
});

test('only the billing function may read Stripe’s secrets, and only those that go on after it may invoke it', () => {
  const whoMay = (action: string) =>
    handlers.filter((handler) => grantsOf(template, handler).some((grant) => grant.action === action)).sort();
  expect(whoMay('secretsmanager:GetSecretValue')).toEqual(['billing']);
  expect(
    grantsOf(template, 'billing').flatMap(({ action, resource }) =>
      action.startsWith('secretsmanager') ? [resource.split(':secret:')[1]] : [],
    ),
  ).toEqual(['daypass/stripe-??????', 'daypass/whsec-??????']);
  expect(whoMay('lambda:InvokeFunction')).toEqual(['admin', 'delete-me', 'reconcile']);
  for (const handler of ['admin', 'delete-me', 'reconcile']) {
    const [, { Properties }] = functionsOf(template).get(handler) ?? ['', { Properties: {} }];
    expect(Properties.Environment.Variables.BILLING_FUNCTION_NAME).toBe('Daypass-billing');
    const invoked = grantsOf(template, handler).filter(({ action }) => action === 'lambda:InvokeFunction');
    expect(invoked.map(({ resource }) => resource.split(':function:')[1])).toEqual(['Daypass-billing']);
  }
});

/** It is by this that whoever pauses the reconciler waits for billing work that was asked for and not answered. */
test('the billing function runs no longer than the reconciler takes it to, with Lambda’s ten seconds for starting it', () => {
  const [, { Properties }] = functionsOf(template).get('billing') ?? ['', { Properties: {} }];
  expect(Properties.Timeout).toBeGreaterThan(0);
  expect((Properties.Timeout + 10) * 1000).toBeLessThanOrEqual(slowRouteRunsMs);
});

/** The bundles of functions that every stack has are looked at in bundles.test.ts. */
test('the library of Stripe is in the billing function’s bundle alone, which stays small', () => {
  const usual = functionsOf(readTemplate());
  const root = resolve(import.meta.dirname, '../..');
  const outdir = mkdtempSync(join(tmpdir(), 'daypass-bundle-'));
  try {
    const { metafile } = buildSync({
      absWorkingDir: root,
      entryPoints: globSync('lambda/handlers/*/*.ts', { cwd: root }).filter(
        (file) => !usual.has(basename(file, '.ts')),
      ),
      outdir,
      bundle: true,
      metafile: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      define: { DAYPASS_CATALOG: '{}' },
      logLevel: 'silent',
    });
    const withStripe = Object.values(metafile.outputs)
      .filter(({ inputs }) => Object.keys(inputs).some((file) => file.includes('node_modules/stripe/')))
      .map(({ entryPoint, bytes }) => ({ entryPoint, bytes }));
    expect(withStripe.map(({ entryPoint }) => entryPoint)).toEqual(['lambda/handlers/billing/billing.ts']);
    expect(withStripe[0]?.bytes).toBeLessThan(1_000_000);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test('mistakes are named', () => {
  const plans = (fields: object) => [{ ...smallest.plans[0] }, { ...sold, ...fields }];
  expect(mistakesOf(settings)).toEqual([]);
  expect(mistakesOf({ ...settings, billing: undefined })).toEqual([
    "plans[1].stripePriceId is 'price_1': must be left out unless billing.stripe is set",
  ]);
  expect(mistakesOf({ ...settings, plans: smallest.plans })).toEqual([
    expect.stringContaining('must have one with a stripePriceId while billing is set'),
  ]);
  expect(mistakesOf({ ...settings, plans: plans({ selfService: true }) })).toEqual([
    'plans[1].selfService is true: must be left out: whoever pays may pick the plan',
  ]);
  expect(mistakesOf({ ...settings, plans: plans({ price: undefined }) })).toEqual([
    expect.stringMatching(/^plans\[1\]\.price .*must say what the plan costs/),
  ]);
  expect(mistakesOf({ ...settings, plans: plans({ stripePriceId: 'prod_1' }) })).toEqual([
    expect.stringContaining('must be the id of a price in Stripe'),
  ]);
  expect(
    mistakesOf({ ...settings, plans: [...plans({}), { ...sold, name: 'max', requestsPerDay: 200 }] }),
  ).toEqual([expect.stringContaining('must differ: a price pays for one plan')]);
  expect(mistakesOf({ ...settings, billing: { stripe: { ...stripe, graceDays: 61 } } })).toEqual([
    'billing.stripe.graceDays is 61: must be a whole number of days from 0 to 60',
  ]);
});
