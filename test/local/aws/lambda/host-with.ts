import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../../local/aws/lambda/function-definition.ts';
import { createLambdaHost } from '../../../../local/aws/lambda/lambda-host.ts';
import type { LambdaHostDeps } from '../../../../local/aws/lambda/lambda-host-deps.ts';
import { createClock } from '../../../../local/clock.ts';
import { silentLog } from '../../../../local/log.ts';

export const functionName = 'Daypass-tested';

/** Writes a bundle as an unzipped asset: file names and their text. */
export function writeAsset(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'daypass-asset-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

/** A host with one function, whose bundle is `source` (CommonJS) or the given files. */
export function hostWith(
  source: string | Record<string, string>,
  settings: Partial<FunctionDefinition> = {},
  deps: Partial<LambdaHostDeps> = {},
) {
  const clock = createClock();
  const host = createLambdaHost({ clock, log: silentLog, region: 'eu-central-1', ...deps });
  const codeDirectory = writeAsset(typeof source === 'string' ? { 'index.js': source } : source);
  const definition: FunctionDefinition = {
    name: functionName,
    arn: `arn:aws:lambda:eu-central-1:111122223333:function:${functionName}`,
    codeDirectory,
    handler: 'index.handler',
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    environment: {},
    ...settings,
  };
  host.defineFunction(definition);
  return {
    host,
    clock,
    definition,
    invoke: (event: unknown = {}) => host.invoke(functionName, event),
    result: async (event: unknown = {}): Promise<unknown> =>
      JSON.parse((await host.invoke(functionName, event)).payload),
    stream: (event: unknown = {}, readerGone?: AbortSignal) =>
      host.invokeStreaming(functionName, event, readerGone),
    stats: () => host.stats().functions[functionName],
    async close() {
      await host.close();
      rmSync(codeDirectory, { recursive: true, force: true });
    },
  };
}

export type Hosted = ReturnType<typeof hostWith>;
