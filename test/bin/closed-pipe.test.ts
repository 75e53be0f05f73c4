import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

test.each(['bin/admin.ts', 'bin/doctor/doctor.ts', 'bin/reconcile.ts', 'bin/leftovers/leftovers.ts'])(
  '%s ends without a word when its reader has seen enough',
  async (file) => {
    // `true` is gone before node has started.
    const line = `"${process.execPath}" --disable-warning=ExperimentalWarning ${file} --help | true`;
    const cwd = resolve(import.meta.dirname, '../..');
    expect(await promisify(execFile)('sh', ['-c', line], { cwd })).toEqual({ stdout: '', stderr: '' });
  },
);
