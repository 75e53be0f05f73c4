import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTemplate, resourcesOf } from '../../lib/template.ts';

const directory = resolve(import.meta.dirname, '../../../lambda/handlers');
const handlers = readdirSync(directory).map((file) => ({
  name: file.replace(/\.ts$/, ''),
  source: readFileSync(join(directory, file), 'utf8'),
}));

function timeoutSecondsOf(handler: string): number {
  const functions = resourcesOf(readTemplate(), 'AWS::Lambda::Function').values();
  const found = [...functions].find(
    ({ Properties }) => Properties.Environment?.Variables?.POWERTOOLS_SERVICE_NAME === handler,
  );
  return Number(found?.Properties.Timeout);
}

test('every route that calls Cognito or API Gateway’s control plane bounds its calls together', () => {
  const calling = handlers.filter(
    ({ name, source }) =>
      // Not a route: its pass looks at the time itself.
      name !== 'reconcile' && /adapters\/(cognito-directory|api-gateway-keys)\.ts/.test(source),
  );
  expect(calling.length).toBeGreaterThan(10);
  expect(calling.filter(({ source }) => !/^export const handler = inTime\(/m.test(source))).toEqual([]);
});

test('functions live longer than the time their routes have, and what they keep for undoing', () => {
  const bounded = handlers.filter(({ source }) => source.includes('inTime('));
  const tooShort = bounded.filter(({ name, source }) => {
    // Ten seconds; twice six more where something is undone and an answer kept.
    const needed = source.includes('inReservedTime') ? 10 + 2 * 6 : 10;
    return !(timeoutSecondsOf(name) > needed + 2);
  });
  expect(tooShort.map(({ name }) => name)).toEqual([]);
});
