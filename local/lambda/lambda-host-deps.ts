import type { MovableClock } from '../clock.ts';
import type { Log } from '../log.ts';

export interface LambdaHostDeps {
  clock: Pick<MovableClock, 'offsetSeconds'>;
  log: Log;
  region: string;
  /** Over all functions. @default 200 */
  maxEnvironments?: number;
  /** @default 200 */
  maxEnvironmentsPerFunction?: number;
  /** Calls of one function that may wait for an environment; more are throttled. @default 1000 */
  maxWaiting?: number;
  /** How long an environment may be idle before it ends. @default 300 */
  idleSeconds?: number;
  /** @default 10 */
  initTimeoutSeconds?: number;
  /** What every function's environment gets besides its own, asked at each cold start: how to reach the stand-ins. */
  extraEnvironment?: () => Record<string, string>;
}
