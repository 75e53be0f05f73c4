import { addPerson, createKey, type Person } from '../e2e/client.ts';
import type { ModelServer } from '../e2e/model-server.ts';
import type { ConsolePage, PageOptions } from './console-page.ts';
import { type ConsoleUnderTest, consoleUnderTest } from './console-under-test.ts';
import { openPlayground } from './playground-page.ts';

export interface PlaygroundUnderTest {
  site: ConsoleUnderTest;
  /** Somebody with a key of the largest plan, called “My laptop”. */
  person(): Person;
  key(): string;
  /** A visitor who chats with that key. */
  open(options?: PageOptions): Promise<ConsolePage>;
  /** Another one, who has a key too. */
  openAs(owner: Person): Promise<ConsolePage>;
}

/**
 * One platform for all tests of a file.
 * @param model what says the answers, ended after the last test; undefined: the stand-in's own, which tell what arrived
 */
export function playgroundUnderTest(model?: ModelServer): PlaygroundUnderTest {
  const site = consoleUnderTest(model && { environment: { DAYPASS_MODEL_URL: model.url } });
  let made: { person: Person; key: string } | undefined;

  beforeAll(async () => {
    const person = await addPerson(site.runtime());
    const { key } = await createKey(site.runtime(), person.token, {
      name: 'My laptop',
      plan: '30-per-day',
    });
    made = { person, key };
  });

  afterAll(() => model?.close());

  const held = () => {
    if (made === undefined) throw new Error('only for use in tests: it is made before the first');
    return made;
  };
  async function openFor(owner: Person, options?: PageOptions) {
    const visitor = await site.open(options);
    await openPlayground(visitor, owner);
    return visitor;
  }
  return {
    site,
    person: () => held().person,
    key: () => held().key,
    open: (options) => openFor(held().person, options),
    openAs: (owner) => openFor(owner),
  };
}
