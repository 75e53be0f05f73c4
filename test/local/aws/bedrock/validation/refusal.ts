import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { ask, type RunningBedrock, startBedrock } from '../start-bedrock.ts';

let bedrock: RunningBedrock;

/** Runs the stand-in for the tests of the suite that calls this. */
export function runBedrock(): void {
  beforeAll(async () => {
    bedrock = await startBedrock();
  });
  afterAll(() => bedrock.close());
}

/** A request that is fine but for `change`, by default to a model that takes nearly everything. */
const changed = (change: object) => ({ ...ask('Hello'), ...change }) as ConverseCommandInput;

/** Expects Converse and ConverseStream both to refuse a request in these words. */
export async function expectRefusal(change: object, message: string, name = 'ValidationException') {
  for (const Command of [ConverseCommand, ConverseStreamCommand]) {
    const sent = bedrock.client().send(new Command(changed(change)) as ConverseCommand);
    await expect(sent).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  }
}

/** Expects Converse and ConverseStream both to take a request. */
export async function expectAccepted(change: object) {
  const whole = await bedrock.client().send(new ConverseCommand(changed(change)));
  expect(whole.stopReason).toBeDefined();
  const { stream } = await bedrock.client().send(new ConverseStreamCommand(changed(change)));
  const names: (string | undefined)[] = [];
  for await (const event of stream ?? []) names.push(Object.keys(event)[0]);
  expect(names.at(-1)).toBe('metadata');
}

export const stream = (change: object) => bedrock.client().send(new ConverseStreamCommand(changed(change)));
export const converse = (change: object) => bedrock.client().send(new ConverseCommand(changed(change)));
export const running = () => bedrock;

export const user = (...content: object[]) => ({ role: 'user', content });
export const assistant = (...content: object[]) => ({ role: 'assistant', content });
export const text = (words: string) => ({ text: words });

export const tool = (name: string, fields: object = {}) => ({
  toolSpec: { name, inputSchema: { json: { type: 'object', properties: {} } }, ...fields },
});
export const use = (toolUseId: string, input: unknown = {}) => ({
  toolUse: { toolUseId, name: 'look', input },
});
export const result = (toolUseId: string, fields: object = {}) => ({
  toolResult: { toolUseId, content: [{ text: 'rain' }], ...fields },
});
export const toolConfig = { tools: [tool('look')] };
