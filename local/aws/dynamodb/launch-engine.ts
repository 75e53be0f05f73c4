import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWatched, type WatchedProcess } from './watched-process.ts';

export interface RunningEngine {
  url: URL;
  process: WatchedProcess;
}

/** The database file can't be read: only a person can decide to discard it. */
export class CorruptDatabase extends Error {}

const readyWithinMilliseconds = 20_000;
const launches = 5;

/**
 * Starts the engine and waits until it answers.
 * @param databaseFile undefined keeps the tables in memory
 */
export async function launchEngine(binary: string, databaseFile: string | undefined): Promise<RunningEngine> {
  for (let launch = 1; ; launch += 1) {
    const { host, port } = await hiddenAddress();
    const storage = databaseFile === undefined ? [] : ['--db-path', databaseFile];
    const engine = startWatched(binary, ['serve', '--host', host, '--port', String(port), ...storage]);
    const url = new URL(`http://${host}:${port}/`);
    if (await answers(url, engine)) return { url, process: engine };
    const { exitCode, lastWords } = await engine.stop().then(() => engine.ended);
    // Another program took the port between our choosing a free one and the engine's binding it.
    if (lastWords.includes('already in use') && launch < launches) continue;
    throw failure(binary, databaseFile, exitCode, lastWords);
  }
}

export function isCorruption(lastWords: string): boolean {
  return /not a valid SQLite database|malformed|file is not a database/i.test(lastWords);
}

export const corruptDatabase = (databaseFile: string, lastWords: string) =>
  new CorruptDatabase(
    `The tables in ${databaseFile} can't be read (${lastWords}). ` +
      'Start with --fresh to begin with empty tables, or put a good copy of that file in its place.',
  );

function failure(
  binary: string,
  databaseFile: string | undefined,
  exitCode: number,
  lastWords: string,
): Error {
  if (databaseFile !== undefined && isCorruption(lastWords)) return corruptDatabase(databaseFile, lastWords);
  const why = lastWords === '' ? `it ended with exit code ${exitCode}` : lastWords;
  return new Error(`The DynamoDB engine ${binary} did not start: ${why}`);
}

async function answers(url: URL, engine: WatchedProcess): Promise<boolean> {
  const deadline = performance.now() + readyWithinMilliseconds;
  while (!engine.hasEnded && performance.now() < deadline) {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    await response?.body?.cancel();
    // By the header that only it sends: another program may have taken the port.
    if (response?.headers.has('x-dynoxide-version')) return true;
    await sleep(20);
  }
  return false;
}

/**
 * The engine answers pages of any origin and has no setting against it. A page could try every port of 127.0.0.1; it
 * can't try those of every loopback address. Systems other than Linux have only the one.
 */
async function hiddenAddress(): Promise<{ host: string; port: number }> {
  const host = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
  try {
    return { host, port: await freePort(host) };
  } catch {
    return { host: '127.0.0.1', port: await freePort('127.0.0.1') };
  }
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
