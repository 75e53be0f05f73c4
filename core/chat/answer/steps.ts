import type { ChatEvent } from '../chat.ts';

/** An answer as it comes. Events that came at once are one list, so that a list costs one turn of the event loop. */
export type AnswerEvents = AsyncIterable<readonly ChatEvent[]>;

/** Makes an answer's next event into those that are passed on. @throws DaypassError that ends the answer */
export type AnswerStep<Event = ChatEvent> = (event: Event) => readonly ChatEvent[];

/**
 * Takes every event through all steps. What an event that fails came with is passed on before the failure.
 * @param open called at the first read
 */
export async function* throughSteps<Event>(
  open: () => Promise<AsyncIterable<readonly Event[]>>,
  read: AnswerStep<Event>,
  ...steps: readonly AnswerStep[]
): AnswerEvents {
  const take = steps.reduce<AnswerStep<Event>>(
    (before, step) => (event) => {
      const events = before(event);
      const [only] = events;
      return events.length === 1 && only !== undefined ? step(only) : events.flatMap(step);
    },
    read,
  );
  for await (const came of await open()) {
    const events: ChatEvent[] = [];
    let failure: unknown;
    try {
      for (const event of came) events.push(...take(event));
    } catch (error) {
      failure = error;
    }
    if (events.length > 0) yield events;
    if (failure !== undefined) throw failure;
  }
}
