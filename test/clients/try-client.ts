import { type Client, type Task, tasks } from './client.ts';
import type { Platform } from './platform.ts';
import type { Exchange } from './recording-proxy.ts';
import { type Outcome, type Result, versionsOf } from './results.ts';
import type { Scratch } from './scratch.ts';

export interface Trial {
  result: Result;
  /** What was sent with the first model and taken, in order. */
  taken: Exchange[];
}

export async function tryClient(
  client: Client,
  models: readonly string[],
  { platform, scratch, say }: { platform: Platform; scratch: Scratch; say(text: string): void },
): Promise<Trial> {
  const { lasting, spent } = await platform.newKeys();
  const outcomes: Result['outcomes'] = {};
  const taken: Exchange[] = [];
  for (const task of tasks) {
    if (client.without[task] !== undefined) continue;
    const failed: Record<string, string> = {};
    const refusedFirst: Record<string, string> = {};
    // A refusal is the same for every model.
    for (const model of task === 'refused' ? models.slice(0, 1) : models) {
      platform.proxy.take();
      const access = { url: platform.proxy.url, key: task === 'refused' ? spent : lasting, model };
      const failure = await client.run(task, access, scratch).catch((error) => `${error}`);
      const exchanges = platform.proxy.take();
      const wrong = judge(task, failure, exchanges);
      say(`${client.name} ${task} ${model}: ${wrong ?? 'good'}`);
      // Some clients try a field, and do without it when it is refused.
      const refused = task === 'refused' ? [] : exchanges.filter(({ status }) => status >= 400);
      if (wrong !== undefined) failed[model] = wrong;
      else if (refused.length > 0) refusedFirst[model] = words(refused, undefined);
      if (wrong === undefined && task !== 'refused' && model === models[0])
        taken.push(
          ...exchanges.filter(
            ({ method, status, body }) => method === 'POST' && status === 200 && body !== undefined,
          ),
        );
    }
    outcomes[task] = { ...someOf('failed', failed), ...someOf('refusedFirst', refusedFirst) };
  }
  return { result: { versions: versionsOf(client), models, outcomes }, taken };
}

const someOf = (kind: keyof Outcome, found: Record<string, string>): Outcome =>
  Object.keys(found).length > 0 ? { [kind]: found } : {};

/** @returns what is wrong, with the platform's own refusal first */
function judge(task: Task, failure: string | undefined, exchanges: Exchange[]): string | undefined {
  const refusals = exchanges.filter(({ status }) => status >= 400);
  if (task === 'refused') {
    if (failure === undefined) return 'the client reported no error';
    if (failure.startsWith('no end')) return 'no end: it was stopped at its time limit';
    const others = refusals.filter(({ status }) => status !== 429);
    if (others.length > 0) return words(others, failure);
    return refusals.length > 0 ? undefined : failure;
  }
  if (failure !== undefined) return words(refusals, failure);
  const streamed = exchanges.some(({ body }) => (body as { stream?: boolean } | undefined)?.stream === true);
  return task === 'stream' && !streamed ? 'no call asked for a stream' : undefined;
}

/** The platform's refusals, or else what the client said. */
function words(refusals: Exchange[], failure: string | undefined): string {
  const given = refusals.map(({ path, status, answer }) => `${path} ${status} ${messageOf(answer)}`);
  return given.length > 0 ? [...new Set(given)].join(' / ') : (failure ?? '');
}

function messageOf(answer: string): string {
  try {
    return JSON.parse(answer).error.message;
  } catch {
    return answer.slice(0, 200);
  }
}
