import { resolve } from 'node:path';
import { synthesizeIfChanged } from '../local/start/synthesize.ts';

/** Jest's global set-up: the assembly that template tests and end-to-end tests share, made when sources changed. */
export default async function synthesizeOnce(): Promise<void> {
  const onStart = () => void process.stderr.write('Synthesizing the stack for the tests …\n');
  await synthesizeIfChanged(resolve(import.meta.dirname, '..'), onStart, { underRules: true });
}
