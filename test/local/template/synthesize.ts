import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';

export interface TemporaryDirectories {
  create(): string;
  removeAll(): void;
}

export function temporaryDirectories(): TemporaryDirectories {
  const made: string[] = [];
  return {
    create() {
      const directory = mkdtempSync(join(tmpdir(), 'daypass-test-'));
      made.push(directory);
      return directory;
    },
    removeAll() {
      for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/**
 * A CDK app with one stack, Shop, synthesized for real.
 * @returns the directory of its assembly
 */
export function synthesize(outdir: string, build: (stack: Stack) => void): string {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { '@aws-cdk/core:checkSecretUsage': true },
  });
  build(new Stack(app, 'Shop', { analyticsReporting: false }));
  app.synth();
  return outdir;
}
