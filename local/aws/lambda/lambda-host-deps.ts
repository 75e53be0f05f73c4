import type { MovableClock } from '../../clock.ts';
import type { Faults } from '../../faults.ts';
import type { Log } from '../../log.ts';
import type { CloudWatch } from '../cloudwatch/cloudwatch.ts';

/** Each is a thread with a heap of its own, of some 10 to 35 MB; a new AWS account may have as few as 10. */
export const mostEnvironments = 100;

export interface LambdaHostDeps {
  clock: Pick<MovableClock, 'offsetSeconds'>;
  log: Log;
  /** Gets what Lambda measures, and functions' lines. @default nothing is measured */
  cloudWatch?: Pick<CloudWatch, 'put' | 'takeLine'>;
  /** Makes functions crash or have no room: by `operation`, the function's short name. @default they don't */
  faults?: Pick<Faults, 'striking'>;
  region: string;
  /** Over all functions. @default 100 */
  maxEnvironments?: number;
  /** @default 100 */
  maxEnvironmentsPerFunction?: number;
  /** Calls of one function that may wait for an environment; more are throttled. @default 1000 */
  maxWaiting?: number;
  /** How long a call may wait for an environment; then it is throttled. @default 10 */
  maxWaitSeconds?: number;
  /** What all responses together may hold for slow readers; beyond it, functions wait for theirs. @default 256 MB */
  maxResponseBytes?: number;
  /** How long an environment may be idle before it ends. @default 300 */
  idleSeconds?: number;
  /** @default 10 */
  initTimeoutSeconds?: number;
  /** A directory for compiled code, which saves later environments a quarter of their start. @default none is kept */
  compileCache?: string;
  /** What every function's environment gets besides its own, asked at each cold start: how to reach the stand-ins. */
  extraEnvironment?: () => Record<string, string>;
}
