import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface OtherAssembly {
  /** For `startRuntime`. */
  assembly: string;
  remove(): void;
}

/**
 * Synthesizes the stack with other settings, in a folder of its own.
 * @param change takes the text of daypass.yml to what it is to be
 */
export function synthesizeWith(change: (shown: string) => string): OtherAssembly {
  const shown = readFileSync(join(root, 'daypass.yml'), 'utf8');
  const changed = change(shown);
  if (changed === shown)
    throw new Error('these are the settings as they are: what was to be replaced is not there');
  const folder = mkdtempSync(join(tmpdir(), 'daypass-settings-'));
  const settings = join(folder, 'daypass.yml');
  const assembly = join(folder, 'out');
  writeFileSync(settings, changed);
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '--output', assembly],
    {
      cwd: root, // Rules take longer than the rest; the stack of daypass.yml is synthesized under them.
      env: { ...process.env, DAYPASS_SETTINGS: settings, CDK_VALIDATION: 'false' },
      stdio: 'ignore',
    },
  );
  return { assembly, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
