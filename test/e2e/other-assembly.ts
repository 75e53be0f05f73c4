import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface OtherAssembly {
  /** For `startRuntime`. */
  assembly: string;
  remove(): void;
}

/**
 * Synthesizes the stack with other settings, in a folder of its own.
 * @param change takes the text of daypass.yml to what it is to be
 * @param files beside it, by path
 */
export function synthesizeWith(
  change: (shown: string) => string,
  files: Readonly<Record<string, string>> = {},
): OtherAssembly {
  const shown = readFileSync(join(root, 'daypass.yml'), 'utf8');
  const changed = change(shown);
  if (changed === shown)
    throw new Error('these are the settings as they are: what was to be replaced is not there');
  const folder = mkdtempSync(join(tmpdir(), 'daypass-settings-'));
  const settings = join(folder, 'daypass.yml');
  const assembly = join(folder, 'out');
  writeFileSync(settings, changed);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
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
