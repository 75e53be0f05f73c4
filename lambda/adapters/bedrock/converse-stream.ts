import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseEvent } from '../../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../../core/providers/bedrock/provider.ts';
import { openBedrock } from './client.ts';
import { brokenOff, refusalOf } from './refusals.ts';

/** Reasoning models may be silent for a long time. */
const silenceMs = 120_000;

export function createConverseStream(): ConverseStream {
  const client = openBedrock(silenceMs);
  return async (request, signal) => {
    try {
      const answer = await client.send(new ConverseStreamCommand(request), { abortSignal: signal });
      if (answer.stream === undefined) throw new Error('ConverseStream answered no stream');
      return withRefusals(answer.stream as AsyncIterable<ConverseEvent>);
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

async function* withRefusals(events: AsyncIterable<ConverseEvent>): AsyncIterable<ConverseEvent> {
  try {
    yield* events;
  } catch (error) {
    throw brokenOff(error);
  }
}
