import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { createSrpSession, signSrpSession } from 'cognito-srp-helper';

type Session = ReturnType<typeof createSrpSession>;
type SignedSession = ReturnType<typeof signSrpSession>;

export interface SrpClient {
  createSession(name: string, password: string, poolId: string): Promise<Session>;
  sign(session: Session, challenge: { ChallengeParameters?: unknown }): Promise<SignedSession>;
  close(): Promise<unknown>;
}

/**
 * cognito-srp-helper as an independent client, in a worker: its big-number arithmetic takes 0.1 s there and
 * 5 s in jest's sandbox. One call at a time.
 */
export function startSrpClient(): SrpClient {
  const worker = new Worker(new URL('./srp-client-worker.ts', import.meta.url));
  const ask = async (call: string, ...values: unknown[]) => {
    worker.postMessage({ call, values });
    const [answer] = await once(worker, 'message');
    return answer;
  };
  return {
    createSession: (name, password, poolId) => ask('createSrpSession', name, password, poolId, false),
    sign: (session, { ChallengeParameters }) => ask('signSrpSession', session, { ChallengeParameters }),
    close: () => worker.terminate(),
  };
}
