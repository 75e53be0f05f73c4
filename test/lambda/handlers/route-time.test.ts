import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { build } from 'esbuild';
import { answerSeconds, undoSeconds } from '../../../core/contract/route-time.ts';
import { readTemplate, resourcesOf } from '../../lib/template.ts';

/** Handlers whose bundles hold code that undoes what failed: after the route's own time, and then keeps or frees a key. */
async function undoingHandlers(): Promise<string[]> {
  const root = resolve(import.meta.dirname, '../../..');
  const { metafile } = await build({
    entryPoints: globSync('lambda/handlers/*/*.ts', { cwd: root }),
    absWorkingDir: root,
    outdir: 'unwritten',
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    logLevel: 'error',
  });
  return Object.values(metafile.outputs)
    .filter(({ inputs }) => (inputs['core/keys/undoing.ts']?.bytesInOutput ?? 0) > 0)
    .map(({ entryPoint = '' }) => basename(entryPoint, '.ts'));
}

/** For starting, and for answering that the time is over. */
const marginSeconds = 2;

const timeouts = [...resourcesOf(readTemplate(), 'AWS::Lambda::Function').values()].map(({ Properties }) => ({
  handler: String(Properties.Environment?.Variables?.SERVICE_NAME),
  timeoutSeconds: Number(Properties.Timeout),
}));

test('functions may run longer than their routes’ time', () => {
  // Cognito waits five seconds for a trigger, whatever the function is given.
  const routes = timeouts.filter(({ handler }) => handler !== 'check-sign-up' && handler !== 'undefined');
  expect(routes.length).toBeGreaterThan(25);
  expect(routes.filter(({ timeoutSeconds }) => timeoutSeconds <= answerSeconds + marginSeconds)).toEqual([]);
});

test('functions that undo may run longer than that time and twice the time reserved for undoing', async () => {
  // In the template only where plans are sold; it has the longest timeout that a route may have.
  const undoing = (await undoingHandlers()).filter((handler) => handler !== 'billing');
  expect(undoing).toContain('create-api-key');
  const found = timeouts.filter(({ handler }) => undoing.includes(handler));
  expect(found).toHaveLength(undoing.length);
  expect(
    found.filter(({ timeoutSeconds }) => timeoutSeconds <= answerSeconds + 2 * undoSeconds + marginSeconds),
  ).toEqual([]);
});
