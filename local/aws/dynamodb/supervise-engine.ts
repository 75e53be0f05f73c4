import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import {
  CorruptDatabase,
  corruptDatabase,
  isCorruption,
  launchEngine,
  type RunningEngine,
} from './launch-engine.ts';

export interface Engine {
  /** Undefined while none answers. */
  readonly url: URL | undefined;
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  binary: string;
  databaseFile: string | undefined;
  log: Log;
  /** Called after a restart, before calls pass again. */
  onRestart(url: URL): Promise<void>;
  /** @default 250, doubled at each failure up to 10 s */
  firstPauseMilliseconds?: number;
}

const longestPauseMilliseconds = 10_000;

/** Starts the engine, and restarts it whenever it ends. */
export async function superviseEngine(options: SupervisorOptions): Promise<Engine> {
  const stopping = new AbortController();
  let running: RunningEngine | undefined = await launchEngine(options.binary, options.databaseFile);
  let url: URL | undefined = running.url;

  const supervise = async () => {
    while (running !== undefined) {
      const { exitCode, lastWords } = await running.process.ended;
      url = undefined;
      running = undefined;
      if (stopping.signal.aborted) return;
      const why = lastWords.split('\n').at(-1) ?? '';
      options.log.warn('dynamodb', `the engine ended (exit code ${exitCode}: ${why}); starting it again`);
      if (options.databaseFile !== undefined && isCorruption(lastWords)) {
        options.log.warn('dynamodb', corruptDatabase(options.databaseFile, why).message);
        return;
      }
      running = await relaunch();
      if (running === undefined) return;
      await options.onRestart(running.url).catch((error) => {
        options.log.warn('dynamodb', `making the tables again failed: ${String(error)}`);
      });
      url = running.url;
      options.log.info('dynamodb', 'the engine answers again');
    }
  };

  const relaunch = async (): Promise<RunningEngine | undefined> => {
    let pause = options.firstPauseMilliseconds ?? 250;
    while (!stopping.signal.aborted) {
      await sleep(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      if (stopping.signal.aborted) return undefined;
      try {
        const engine = await launchEngine(options.binary, options.databaseFile);
        if (!stopping.signal.aborted) return engine;
        await engine.process.stop();
        return undefined;
      } catch (error) {
        options.log.warn('dynamodb', error instanceof Error ? error.message : String(error));
        if (error instanceof CorruptDatabase) return undefined;
        pause = Math.min(pause * 2, longestPauseMilliseconds);
      }
    }
    return undefined;
  };

  const supervision = supervise();
  return {
    get url() {
      return url;
    },
    async stop() {
      stopping.abort();
      url = undefined;
      await running?.process.stop();
      await supervision;
    },
  };
}
