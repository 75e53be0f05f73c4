import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refusalExamples } from '../../../core/contract/examples/refusal-examples.ts';
import type { RefusalExample } from '../../../core/contract/examples/route-example.ts';
import { routeExamples } from '../../../core/contract/examples/route-examples.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Texts of the code that answers, as patterns: what a template fills in may be anything. */
const texts = globSync('{core,lambda}/**/*.ts', { cwd: root })
  .filter((file) => !file.startsWith('core/contract/examples/'))
  .flatMap((file) => {
    const source = readFileSync(resolve(root, file), 'utf8');
    return [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(
      ([, single, double, template]) => (single ?? double ?? template ?? '').replaceAll(/\\(.)/g, '$1'),
    );
  })
  .filter((text) => text.replaceAll(/\$\{.*?\}/g, '').length > 14)
  .map(
    (text) =>
      new RegExp(
        `^${text
          .split(/\$\{.*?\}/g)
          .map(RegExp.escape)
          .join('.+')}$`,
        's',
      ),
  );

const told = [
  ...Object.entries<RefusalExample>(refusalExamples).map(([code, example]) => [code, example] as const),
  ...Object.entries(routeExamples).flatMap(([id, { refusals = {} }]) =>
    Object.entries(refusals).map(([code, example]) => [`${id} ${code}`, example] as const),
  ),
];

/** Put together of words too short to be found; test/e2e/examples.test.ts gets them over HTTP, but for the ceiling's. */
const composed = /invalid_request|unsupported_parameter|model_not_found|quota_exceeded|ceiling_reached/;

test('every refusal of the examples is worded as in the code', () => {
  const unknown = told
    .filter(([name]) => !composed.test(name))
    .filter(([, { message }]) => !texts.some((text) => text.test(message)))
    .map(([name, { message }]) => `${name}: ${message}`);
  expect(unknown).toEqual([]);
});
