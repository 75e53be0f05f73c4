import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export interface ChromiumFiles {
  executable: string;
  /** What has to stand in the browser's environment. */
  environment: Record<string, string>;
}

/**
 * The browser of the npm package, unpacked once for each version and user of this machine.
 * `DAYPASS_CHROMIUM` names another one, for machines that the package has none for.
 */
export async function chromiumFiles(): Promise<ChromiumFiles> {
  const own = process.env.DAYPASS_CHROMIUM;
  if (own !== undefined) return { executable: own, environment: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Browser tests bring Chromium for Linux on x64 only; let DAYPASS_CHROMIUM name yours.');
  }
  const folder = join(tmpdir(), `daypass-chromium-${packageVersion()}-${userInfo().uid}`);
  if (!isWhole(folder)) await unpackInto(folder);
  if (statSync(folder).uid !== userInfo().uid) throw new Error(`${folder} belongs to somebody else`);
  return {
    executable: join(folder, 'chromium'),
    environment: {
      // Always the package's own libraries and fonts, so that every machine shows what a bare one does.
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

function packageVersion(): string {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const description = readFileSync(join(dirname(main), '../package.json'), 'utf8');
  return (JSON.parse(description) as { version: string }).version;
}

/** Cleaners of temporary folders take single files. */
function isWhole(folder: string): boolean {
  const list = join(folder, 'files.json');
  if (!existsSync(list)) return false;
  const files = JSON.parse(readFileSync(list, 'utf8')) as string[];
  return files.every((file) => existsSync(join(folder, file)));
}

/** Workers may do this at the same time: each unpacks apart, the first to finish gives its folder the name. */
async function unpackInto(folder: string): Promise<void> {
  const apart = mkdtempSync(`${folder}-`);
  try {
    const program = resolve(import.meta.dirname, 'unpack-chromium.ts');
    await promisify(execFile)(process.execPath, [program, folder], {
      env: { ...process.env, TMPDIR: apart, NODE_OPTIONS: '' },
    });
    if (existsSync(folder) && !isWhole(folder)) renameSync(folder, join(apart, 'broken'));
    if (!existsSync(folder)) renameSync(apart, folder);
  } catch (error) {
    if (!isWhole(folder)) throw error;
  } finally {
    rmSync(apart, { recursive: true, force: true });
  }
}
