import { setTimeout as wait } from 'node:timers/promises';
import { bedrockError } from '../../errors.ts';
import type { StreamEvent, StreamItem } from '../../stream/event-frames.ts';
import type { Step, TroubleStep } from './steps.ts';

const kinds = ['wait', 'flaw', 'fail', 'exception', 'cut'];

export const isTrouble = (step: Step): step is TroubleStep => kinds.some((kind) => kind in step);

/** What a step does to a stream. Flaws belong to the next event and aren't handled here. */
export async function* strike(step: TroubleStep, signal: AbortSignal): AsyncGenerator<StreamItem> {
  const message =
    'message' in step && step.message !== undefined ? step.message : 'Made to fail by a script.';
  if ('wait' in step) await wait(step.wait, undefined, { signal });
  if ('fail' in step) throw bedrockError(step.fail, message);
  if ('exception' in step) yield { exception: step.exception, message };
  if ('cut' in step) yield { cut: true };
}

/** The same items, with each step striking after its number of events, or at the end of a shorter stream. */
export async function* strikeBetween(
  items: AsyncIterable<StreamItem>,
  steps: readonly TroubleStep[],
  signal: AbortSignal,
): AsyncGenerator<StreamItem> {
  let sent = 0;
  for await (const item of items) {
    const due = steps.filter(({ afterEvents }) => afterEvents === sent);
    for (const step of due) yield* strike(step, signal);
    yield 'name' in item ? flawed(item, due) : item;
    sent += 1;
  }
  for (const step of steps) if ((step.afterEvents ?? 0) >= sent) yield* strike(step, signal);
}

function flawed(event: StreamEvent, steps: readonly TroubleStep[]): StreamEvent {
  const step = steps.find((candidate) => 'flaw' in candidate);
  return step !== undefined && 'flaw' in step ? { ...event, flaw: step.flaw } : event;
}
