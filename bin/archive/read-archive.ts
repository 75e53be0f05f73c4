import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { archiveVersion, type Content, checksum, type End, type Manifest } from './write-archive.ts';

/** A file that was written by `npm run export`. */
export interface Archive {
  manifest: Manifest;
  /** The lines between the first and the last. */
  lines(): AsyncIterable<Content>;
}

/**
 * Reads the whole file first, so that nothing is done with one that is damaged.
 * @throws Error naming the file and the line
 */
export async function openArchive(file: string): Promise<Archive> {
  const hash = createHash('sha256');
  let manifest: Manifest | undefined;
  let end: End | undefined;
  let number = 0;
  for await (const text of textLines(file)) {
    number += 1;
    if (end !== undefined) throw wrong(file, number, 'comes after the end of the export');
    const line = parse(file, number, text);
    if (number === 1) manifest = readManifest(file, line);
    if ('end' in line) {
      end = line.end as End;
      if (end.lines !== number - 1)
        throw wrong(file, number, `closes an export of ${end.lines} lines: some are missing or too many`);
      if (end.sha256 !== hash.digest('hex')) throw wrong(file, number, 'has another checksum than the file');
      continue;
    }
    const { crc, ...content } = line;
    if (crc !== checksum(content)) throw wrong(file, number, 'is damaged: its checksum does not fit');
    hash.update(`${text}\n`);
  }
  if (manifest === undefined) throw new Error(`${file} is empty.`);
  if (end === undefined)
    throw new Error(`${file} is not whole: it stops after line ${number}, without the line that closes it.`);
  return {
    manifest,
    async *lines() {
      let at = 0;
      for await (const text of textLines(file)) {
        at += 1;
        const { crc: _checked, ...content } = parse(file, at, text);
        if (at > 1 && !('end' in content)) yield content;
      }
    },
  };
}

/** @throws Error in an operator's words if the file can't be read */
async function* textLines(file: string): AsyncIterable<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      // Not by readline, which also splits at what JSON may hold, such as U+2028.
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw new Error(`${file} can't be read: ${error instanceof Error ? error.message : error}`);
  }
  if (rest !== '') yield rest;
}

function parse(file: string, number: number, text: string): Content {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Content;
  } catch {
    // Told below.
  }
  throw number === 1 ? foreign(file) : wrong(file, number, 'is damaged: it is not a JSON object');
}

function readManifest(file: string, line: Content): Manifest {
  if (line.daypass !== 'export') throw foreign(file);
  if (typeof line.version !== 'number' || line.version > archiveVersion)
    throw new Error(
      `${file} is an export of version ${String(line.version)}, and this Daypass reads versions up to ${archiveVersion}. Use a newer Daypass.`,
    );
  const { crc: _checked, ...manifest } = line;
  return manifest as unknown as Manifest;
}

const foreign = (file: string) =>
  new Error(`${file} is not an export of Daypass: its first line doesn't say so. npm run export writes one.`);

const wrong = (file: string, number: number, what: string) => new Error(`${file}, line ${number}, ${what}.`);
