import { existsSync, readFileSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { findEngine } from '../aws/dynamodb/find-engine.ts';
import { listen, PortTakenError } from '../http/listen.ts';

/** In the words of `npm run doctor`. */
interface Seen {
  mark: 'ok' | 'look' | 'fix';
  what: string;
  saw: string;
  remedy?: string;
}

export interface Machine {
  /** Of the project. */
  root: string;
  port: number;
  environment: NodeJS.ProcessEnv;
}

/** What `npm ci && npm start` and `npm test` need of this machine. */
export async function checkMachine({ root, port, environment }: Machine): Promise<Seen[]> {
  return [
    ...versions(environment.npm_config_user_agent ?? ''),
    installed(root),
    engine(environment),
    ...(await ports(port)),
    memory(),
    await disk(root),
  ];
}

const least = { node: [20, 19], npm: [10, 0] } as const;

/** @param agent of npm, which names the Node that it runs on: scripts run another, from the lock file */
function versions(agent: string): Seen[] {
  return (['node', 'npm'] as const).map((what) => {
    const [, text = '', major = '', minor = ''] =
      new RegExp(`\\b${what}/v?((\\d+)\\.(\\d+)\\S*)`).exec(agent) ?? [];
    if (text === '') return { mark: 'look', what, saw: 'unknown', remedy: 'Run this by npm run doctor.' };
    const [leastMajor, leastMinor] = least[what];
    const isEnough =
      Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor);
    return isEnough
      ? { mark: 'ok', what, saw: text }
      : { mark: 'fix', what, saw: text, remedy: `Install ${what} ${leastMajor}.${leastMinor} or newer.` };
  });
}

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean }>;
}

/** Whether what is installed is what the lock file says. */
function installed(root: string): Seen {
  const what = 'dependencies';
  const found = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(found)) return { mark: 'fix', what, saw: 'none are installed', remedy: 'npm ci' };
  const read = (path: string) => (JSON.parse(readFileSync(path, 'utf8')) as Lock).packages;
  const has = read(found);
  const wants = Object.entries(read(join(root, 'package-lock.json')));
  const wrong = wants.filter(
    ([path, { version, optional }]) => path !== '' && !optional && has[path]?.version !== version,
  );
  const [first] = wrong;
  return first === undefined
    ? { mark: 'ok', what, saw: 'as the lock file has them' }
    : {
        mark: 'fix',
        what,
        saw: `${wrong.length} differ from the lock file, ${first[0].replace('node_modules/', '')} for one`,
        remedy: 'npm ci',
      };
}

function engine(environment: NodeJS.ProcessEnv): Seen {
  const what = 'DynamoDB engine';
  try {
    const source = findEngine(environment);
    return { mark: 'ok', what, saw: source.kind === 'binary' ? source.path : source.url.href };
  } catch (error) {
    return { mark: 'fix', what, saw: 'there is none for this machine', remedy: (error as Error).message };
  }
}

async function ports(port: number): Promise<Seen[]> {
  const isOurs = await fetch(`http://localhost:${port}/_local/health`).then(
    ({ ok }) => ok,
    () => false,
  );
  const what = `ports ${port}, ${port + 1}, ${port + 566}`;
  if (isOurs) return [{ mark: 'ok', what, saw: 'Daypass runs there' }];
  const taken: number[] = [];
  for (const each of [port, port + 1, port + 566]) if (await isTaken(each)) taken.push(each);
  return [
    taken.length === 0
      ? { mark: 'ok', what, saw: 'free' }
      : {
          mark: 'fix',
          what,
          saw: `${taken.join(' and ')} ${taken.length === 1 ? 'is' : 'are'} in use`,
          remedy: 'Stop what uses it, or start with npm start -- --port N, which takes N, N+1 and N+566.',
        },
  ];
}

async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    return false;
  } catch (error) {
    if (error instanceof PortTakenError) return true;
    throw error;
  } finally {
    server.close();
  }
}

const mebibyte = 2 ** 20;
/** Idle, npm and its children take 230 MiB, and after fifty streams at once some 1,100: bench/README.md. */
const comfortableMemory = 1500 * mebibyte;
/** The assembly, its builds, and what tests unpack. */
const comfortableDisk = 1000 * mebibyte;

function memory(): Seen {
  const free = freemem();
  const saw = `${Math.round(free / mebibyte)} MiB free`;
  return free > comfortableMemory
    ? { mark: 'ok', what: 'memory', saw }
    : {
        mark: 'look',
        what: 'memory',
        saw,
        remedy: 'Enough for a few calls at once; many streams need more.',
      };
}

async function disk(root: string): Promise<Seen> {
  await mkdir(root, { recursive: true });
  const { bavail, bsize } = await statfs(root);
  const saw = `${Math.round((bavail * bsize) / mebibyte)} MiB free`;
  return bavail * bsize > comfortableDisk
    ? { mark: 'ok', what: 'disk', saw }
    : { mark: 'fix', what: 'disk', saw, remedy: 'Free a gigabyte for what npm start and npm test write.' };
}
