import { snippetsFor } from '../../../../web/screens/keys/secret/snippets.ts';

const input = { origin: 'https://llm.example.com', key: 'dpkABC', model: 'nova-lite' };
const codeOf = (groups: ReturnType<typeof snippetsFor>, label: string) =>
  groups.flatMap(({ snippets }) => snippets).find((snippet) => snippet.label === label)?.code ?? '';

const ways = [
  'curl',
  'Python',
  'Node',
  'OpenAI SDK for Python',
  'OpenAI SDK for Node',
  'Anthropic SDK for Python',
  'Anthropic SDK for Node',
];

test.each(ways)('the snippet for %s has the key, the model and an address of this origin', (way) => {
  const code = codeOf(snippetsFor(input), way);
  expect(code).toContain('dpkABC');
  expect(code).toContain('nova-lite');
  expect(code.match(/https:\/\/[^/"\s]+/g)).toEqual([input.origin]);
});

test.each(['OpenAI SDK for Python', 'OpenAI SDK for Node'])('%s gets the origin with /v1', (way) => {
  expect(codeOf(snippetsFor(input), way)).toContain('"https://llm.example.com/v1"');
});

test.each(['Anthropic SDK for Python', 'Anthropic SDK for Node'])('%s gets the origin alone', (way) => {
  expect(codeOf(snippetsFor(input), way)).toContain('"https://llm.example.com"');
});

test.each(ways)('a model’s name can’t break out of its text in the snippet for %s', (way) => {
  const code = codeOf(snippetsFor({ ...input, model: `x' "; $(id) \\` }), way);
  const quoted = JSON.stringify(`x' "; $(id) \\`);
  expect(code).toContain(way === 'curl' ? quoted.replace("'", "'\\''") : quoted);
});
