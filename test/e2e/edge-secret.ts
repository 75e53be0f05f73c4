import { join } from 'node:path';
import { openStore } from '../../local/state/store.ts';
import type { RunningRuntime } from './runtime.ts';

/** What CloudFront proves itself by: made at the runtime's first start, as Secrets Manager would. No caller knows it. */
export function edgeSecret(runtime: RunningRuntime): string {
  const store = openStore(join(runtime.dataDirectory, 'state.sqlite'));
  const found = store.collection<{ value: string }>('secrets').list();
  store.close();
  const [secret, ...others] = found.filter(({ id }) => id.includes('EdgeProof'));
  if (secret === undefined || others.length > 0) throw new Error('the stack has not one secret of the edge');
  return secret.value.value;
}
