import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'daypass-sbom-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sbom = (...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'bin/sbom/sbom.ts', ...args],
    { cwd: root },
  );

test('every package that is deployed has a licence that asks for no more than its notice, and is written down', async () => {
  const [out, licences] = [join(folder, 'sbom.json'), join(folder, 'licences.txt')];
  const { stdout } = await sbom('--out', out, '--licences', licences);
  expect(stdout).toMatch(/^\d+ packages, 0 with a licence to look at$/m);

  const document = JSON.parse(readFileSync(out, 'utf8'));
  expect(document).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  const byName = new Map<string, { version: string; properties: { value: string }[]; purl: string }>(
    document.components.map((component: { name: string }) => [component.name, component]),
  );
  const places = (name: string) => byName.get(name)?.properties.map(({ value }) => value);
  expect(places('@middy/core')).toEqual(['functions']);
  expect(places('react-dom')).toEqual(['console']);
  expect(places('@fontsource-variable/inter')).toEqual(['console']);
  expect(places('eventsource-parser')).toEqual(['functions', 'console']);
  // What builds and tests is not deployed.
  for (const name of ['typescript', 'jest', 'aws-cdk-lib', 'vite']) expect(byName.has(name)).toBe(false);

  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  expect(byName.get('react-dom')?.version).toBe(lock['node_modules/react-dom'].version);
  expect(byName.get('@middy/core')?.purl).toBe(
    `pkg:npm/%40middy/core@${lock['node_modules/@middy/core'].version}`,
  );

  const texts = readFileSync(licences, 'utf8');
  for (const name of byName.keys()) expect(texts).toContain(`${name} ${byName.get(name)?.version} (`);
});

test('--help says what it does', async () => {
  const { stdout } = await sbom('--help');
  for (const option of ['--out', '--licences', '--help']) expect(stdout).toContain(`  ${option} `);
});
