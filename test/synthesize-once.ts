import { resolve } from 'node:path';
import { synthesizeIfChanged } from '../local/start/synthesize.ts';

/** Jest's global set-up: the assembly that template tests and end-to-end tests share, made when sources changed. */
export default async function synthesizeOnce(): Promise<void> {
  await synthesizeIfChanged(resolve(import.meta.dirname, '..'), () => {
    process.stderr.write('Synthesizing the stack for the tests …\n');
  });
}
