import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const assembly = join(root, 'cdk.out');
interface Assets {
  files: Record<string, { source: { path: string } }>;
}

/** What CloudFormation gets: the template, and the files of every asset that it names. */
function deployedFiles(): string[] {
  const { files }: Assets = JSON.parse(readFileSync(join(assembly, 'Daypass.assets.json'), 'utf8'));
  const assets = Object.values(files).map(({ source }) => source.path);
  return assets.flatMap((path) => {
    if (path.endsWith('.json')) return [path];
    if (path.endsWith('.zip')) return [];
    return readdirSync(join(assembly, path), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(assembly.length + 1));
  });
}

/**
 * Whatever differs from machine to machine would be a difference in every `npx cdk diff`, and a deployment of every function.
 * .ci/synth-again compares a second synth with this one.
 */
test('nothing that is deployed names the folder it was made in', () => {
  const files = deployedFiles();
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => readFileSync(join(assembly, file)).includes(root))).toEqual([]);
});
