import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
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

/** Writes beside the file and moves it into place at the end: a file of this name is whole. */
export function writeArchive(file: string, manifest: Manifest) {
  const unfinished = `${file}.unfinished`;
  // For the owner alone: addresses and usage are in it.
  const open = openSync(unfinished, 'w', 0o600);
  const hash = createHash('sha256');
  let lines = 0;
  const put = (content: Content) => {
    lines += 1;
    const line = `${JSON.stringify({ ...content, crc: checksum(content) })}\n`;
    hash.update(line);
    writeSync(open, line);
  };
  put({ ...manifest });
  return {
    put,
    finish(): void {
      const end: End = { lines, sha256: hash.digest('hex') };
      writeSync(open, `${JSON.stringify({ end })}\n`);
      fsyncSync(open);
      closeSync(open);
      renameSync(unfinished, file);
    },
  };
}
