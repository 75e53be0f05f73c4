import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Locks a data directory for this process; two runtimes in one would overwrite each other.
 * @param fresh whether to delete what is in it
 * @returns a function that unlocks it
 * @throws Error with a message for people when another runtime has it
 */
export function takeDataDirectory(directory: string, fresh: boolean): () => void {
  const lock = join(directory, 'runtime.pid');
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : undefined;
  if (holder !== undefined && isRunning(holder)) {
    throw new Error(
      `Another Daypass (process ${holder}) uses the data in ${directory}. Stop it, or start this one with --data DIR and --port N.`,
    );
  }
  if (fresh) rmSync(directory, { recursive: true, force: true });
  // The stand-ins' state holds what AWS would hold, secrets included.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  writeFileSync(lock, String(process.pid));
  return () => rmSync(lock, { force: true });
}

/** A lock whose process is gone was left by a crash. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
