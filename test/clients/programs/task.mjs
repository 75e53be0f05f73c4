import * as z from 'zod';

/** Where a program finds the platform; set by the parent process. */
export const url = process.env.DAYPASS_URL;
export const key = process.env.DAYPASS_KEY;
export const model = process.env.DAYPASS_MODEL;

const script = (...turns) => `[[daypass: ${JSON.stringify({ turns })}]]`;
const thought = { reasoning: 'Let me look.', onlyFor: 'anthropic' };
const callFor = (city) => ({ toolUse: 'get_weather', input: { city } });

export const question = 'Say hello.';
/** Two calls, one after another, then an answer; then the same talk goes on with one more. */
export const firstTurn = script([thought, callFor('Paris')], [callFor('Rome')], [{ text: 'Sunny in both.' }]);
export const secondTurn = script([thought, callFor('Oslo')], [{ text: 'Snow in Oslo.' }]);

export const citySchema = z.object({ city: z.string() });
export const weatherSchema = z.object({
  city: z.string(),
  celsius: z.number(),
  sky: z.enum(['clear', 'cloudy']),
  remark: z.string().nullable(),
});

const asked = [];
/** What every program's tool does. */
export function getWeather({ city }) {
  asked.push(city);
  return `21 degrees in ${city}`;
}

const expect = (holds, message) => {
  if (!holds) throw new Error(message);
};

const judges = {
  text: (text) => expect(typeof text === 'string' && text.length > 0, `no text: ${JSON.stringify(text)}`),
  stream(pieces) {
    expect(pieces.length > 1, `${pieces.length} pieces in the stream`);
    judges.text(pieces.join(''));
  },
  tools([first, second]) {
    expect(asked.join() === 'Paris,Rome,Oslo', `the tool was called for: ${asked.join()}`);
    expect(String(first).includes('Sunny in both.'), `the first turn's answer: ${first}`);
    expect(String(second).includes('Snow in Oslo.'), `the second turn's answer: ${second}`);
  },
  structured: (value) => weatherSchema.parse(value),
};
judges.refused = judges.text;

/** Runs the task that the parent names, checks what it returned, and exits with 1 when it failed. */
export async function runTask(tasks) {
  const name = process.argv[2];
  try {
    judges[name](await (tasks[name] ?? tasks.text)());
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error?.status ?? error?.statusCode ?? ''} ${error?.message ?? error}\n`);
    process.exit(1);
  }
}

export const collect = async (stream, textOf) => {
  const pieces = [];
  for await (const event of stream) {
    const text = textOf(event);
    if (text) pieces.push(text);
  }
  return pieces;
};
