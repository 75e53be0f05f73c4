import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runCommand } from './run-command.ts';
import { versions, withInstallScripts } from './versions.ts';

/** A folder outside the repository that holds the programs, and the home and the files that they work with. */
export interface Scratch {
  folder: string;
  home: string;
  /** An empty folder to work in. */
  project(name: string): string;
  bin(name: string): string;
  /** Nothing of this machine's environment but what a program needs to start. */
  environment: Record<string, string>;
}

export async function prepareScratch(folder: string): Promise<Scratch> {
  const home = join(folder, 'home');
  // Install scripts and programs leave things in it.
  const temporary = join(folder, 'tmp');
  for (const path of [home, temporary]) mkdirSync(path, { recursive: true });
  const manifest = {
    private: true,
    type: 'module',
    dependencies: versions,
    allowScripts: Object.fromEntries(withInstallScripts.map((name) => [name, true])),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  const installed = await runCommand(['npm', 'install', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: { ...(process.env as Record<string, string>), TMPDIR: temporary },
    seconds: 900,
  });
  if (installed.code !== 0) throw new Error(`npm install failed in ${folder}:\n${installed.output}`);
  cpSync(join(import.meta.dirname, 'programs'), folder, { recursive: true });
  return {
    folder,
    home,
    project(name) {
      const path = join(folder, 'projects', name);
      mkdirSync(path, { recursive: true });
      return path;
    },
    bin: (name) => join(folder, 'node_modules', '.bin', name),
    environment: {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: home,
      TMPDIR: temporary,
      LANG: 'C.UTF-8',
      TERM: 'dumb',
      // What isn't for the platform goes nowhere: the port is nobody's.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: '127.0.0.1,localhost',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      OPENAI_AGENTS_DISABLE_TRACING: '1',
      LANGSMITH_TRACING: 'false',
    },
  };
}
