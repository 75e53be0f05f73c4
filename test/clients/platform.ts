import { call, chatBody, createKey, signUp } from '../e2e/client.ts';
import { synthesizeWith } from '../e2e/other-assembly.ts';
import { startRuntime } from '../e2e/runtime.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';

export interface Platform {
  proxy: RecordingProxy;
  /** Two keys of a new user: one that lasts, and one whose ten calls of the day are made. */
  newKeys(): Promise<{ lasting: string; spent: string }>;
  stop(): Promise<void>;
}

/** The platform of daypass.yml with one more plan: programs make several calls for a prompt. */
export async function startPlatform(): Promise<Platform> {
  const { assembly, remove } = synthesizeWith((shown) =>
    shown.replace('\nplans:\n', '\nplans:\n  - name: plenty\n    requestsPerDay: 100000\n    price: Free\n'),
  );
  try {
    const runtime = await startRuntime({ assembly, environment: { DAYPASS_SCHEDULES: 'off' } });
    const proxy = await startRecordingProxy(runtime.edge);
    return {
      proxy,
      async newKeys() {
        const { token } = await signUp(runtime);
        const { key: lasting } = await createKey(runtime, token, { name: 'lasting', plan: 'plenty' });
        const { key: spent } = await createKey(runtime, token, { name: 'spent' });
        for (let count = 0; count < 10; count += 1) {
          const { status } = await call(runtime.edge, '/v1/chat/completions', {
            key: spent,
            body: chatBody({ max_tokens: 2 }),
          });
          if (status !== 200) throw new Error(`call ${count + 1} of ten answered ${status}`);
        }
        return { lasting, spent };
      },
      async stop() {
        await proxy.stop();
        await runtime.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
