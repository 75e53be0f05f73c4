import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Mistake } from '../command.ts';
import type { SealedBy } from './passphrase.ts';

/** Raised when a line means something else, so that older versions refuse the file. */
export const archiveVersion = 1;

export interface Manifest {
  daypass: 'export';
  version: number;
  at: string;
  stack: string;
  tableName: string;
  userPoolId: string;
  /** How secrets are sealed; null: the file holds none. */
  secrets: SealedBy | null;
}

/** The last line, without which a file is not whole. */
export interface End {
  lines: number;
  /** Of all bytes before this line. */
  sha256: string;
}

/** What a line holds, under the name of its kind: `user`, `item`, `settings` or `secret`. */
export type Content = Readonly<Record<string, unknown>>;

export const checksum = (content: Content) => crc32(JSON.stringify(content)).toString(16).padStart(8, '0');

/**
 * Writes beside the file and moves it into place at the end: a file of this name is whole. What was written before a failure
 * or an interruption is removed.
 * @param fill calls `put` for each line between the first and the last
 * @throws Mistake if the file is there already, unless `replaces`
 */
export async function writeArchive(
  file: string,
  manifest: Manifest,
  { replaces }: { replaces: boolean },
  fill: (put: (content: Content) => void) => Promise<void>,
): Promise<void> {
  requireFree(file, replaces);
  const unfinished = `${file}.unfinished`;
  const remove = () => rmSync(unfinished, { force: true });
  // One that was left by a power cut may have other rights, or be a link.
  remove();
  // For the owner alone: addresses and usage are in it.
  const open = openSync(unfinished, 'wx', 0o600);
  const forget = removeAtEnd(remove);
  const hash = createHash('sha256');
  let lines = 0;
  const put = (content: Content) => {
    lines += 1;
    const line = `${JSON.stringify({ ...content, crc: checksum(content) })}\n`;
    hash.update(line);
    writeSync(open, line);
  };
  try {
    put({ ...manifest });
    await fill(put);
    const end: End = { lines, sha256: hash.digest('hex') };
    writeSync(open, `${JSON.stringify({ end })}\n`);
    fsyncSync(open);
    requireFree(file, replaces);
    renameSync(unfinished, file);
  } finally {
    closeSync(open);
    remove();
    forget();
  }
}

/** @throws Mistake in an operator's words */
export function requireFree(file: string, replaces: boolean): void {
  if (replaces || !existsSync(file)) return;
  throw new Mistake(`${file} is there already. Name another file, or replace it with --force.`);
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Also when the process ends before it is done. @returns ends that */
function removeAtEnd(remove: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    remove();
    forget();
    // As if nobody had listened.
    process.kill(process.pid, signal);
  };
  const forget = () => {
    process.off('exit', remove);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on('exit', remove);
  for (const signal of signals) process.on(signal, onSignal);
  return forget;
}
