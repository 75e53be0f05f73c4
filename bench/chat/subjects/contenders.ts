import { join } from 'node:path';
import { type Subject, startScript } from '../../measure/process.ts';
import { type Bundle, bundleChat } from './daypass.ts';

/** Something that answers OpenAI's Chat Completions by asking Bedrock. */
export interface Contender {
  name: string;
  model: string;
  bundle?: Bundle;
  /** Takes so long that it is asked fewer times. */
  slow?: boolean;
  install?(): void;
  /** @param aws the port of the stubs of AWS @param nodeOptions for contenders that run in a Node of ours */
  start(aws: number, nodeOptions?: string[]): Promise<Subject>;
  path: string;
  headers?(aws: number): Record<string, string>;
}

const awsEnvironment = (aws: number) => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL: `http://127.0.0.1:${aws}`,
});

/** Key, exact quota and settlement, behind one HTTP process that does what AWS's runtime does. */
export async function daypass(name: string, folder: string, scratch: string): Promise<Contender> {
  const bundle = await bundleChat(folder, join(scratch, `${name.replaceAll(/\W/g, '-')}.cjs`));
  return {
    name,
    model: 'nova-lite',
    bundle,
    start: (aws, nodeOptions) =>
      startScript(
        join(import.meta.dirname, '../serve-function.ts'),
        [bundle.file],
        {
          ...awsEnvironment(aws),
          TABLE_NAME: 'records',
          SERVICE_NAME: 'bench',
          METRICS_NAMESPACE: 'bench',
          CALL_METRICS: 'on',
          LOG_LEVEL: 'INFO',
        },
        nodeOptions,
      ),
    path: '/',
  };
}

export const sdk: Contender = {
  name: 'AWS SDK, unmetered',
  model: 'amazon.nova-lite-v1:0',
  start: (aws) => startScript(join(import.meta.dirname, 'sdk.ts'), [], awsEnvironment(aws)),
  path: '/',
};

export const floor: Contender = {
  name: 'floor, unmetered',
  model: 'amazon.nova-lite-v1:0',
  start: (aws) => startScript(join(import.meta.dirname, 'floor.ts'), [String(aws)]),
  path: '/',
};
