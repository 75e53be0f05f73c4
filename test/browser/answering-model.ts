import { type ModelServer, startModelServer } from '../e2e/model-server.ts';

const words = `An index is a second, sorted copy of what you search by, with the way to each row.

- **Without one** the database reads every row to find yours: a million rows, a million reads.
- **With one** it goes down a tree of a few levels, whatever the size of the table.

\`\`\`sql
CREATE INDEX orders_by_customer ON orders (customer_id);
\`\`\`

It costs space, and each write has to keep it up to date, so index what you *search* by and nothing else.
`;

/** A model for pictures: says the same to everybody, in words that every font has. */
export async function startAnsweringModel(): Promise<Pick<ModelServer, 'url' | 'close'>> {
  const model = await startModelServer();
  const answerForever = async () => {
    for (let count = 0; ; count += 1) {
      const asked = await model.asked();
      await asked.say(words);
      asked.finish({ prompt_tokens: 40 + 9 * (count % 6), completion_tokens: 90 + 25 * (count % 7) });
    }
  };
  void answerForever();
  return model;
}
