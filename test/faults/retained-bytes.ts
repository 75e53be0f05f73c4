import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What this thread holds once everything that nobody needs is gone: heap, and what lies beside it. Answers as a
 * function does.
 */
export async function retainedBytes(): Promise<{ bytes: number }> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Sockets and streams let go of their last chunk a turn or two after the answer.
  for (let turn = 0; turn < 5; turn += 1) {
    collect();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  return { bytes: heapUsed + external };
}
