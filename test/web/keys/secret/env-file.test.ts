import { parseEnv } from 'node:util';
import { envFile } from '../../../../web/screens/keys/secret/env-file.ts';

const read = (name: string) => parseEnv(envFile({ name, key: 'dpkABC', origin: 'https://llm.example.com' }));

const variables = {
  OPENAI_API_KEY: 'dpkABC',
  OPENAI_BASE_URL: 'https://llm.example.com/v1',
  ANTHROPIC_API_KEY: 'dpkABC',
  ANTHROPIC_BASE_URL: 'https://llm.example.com',
};

test('the file holds the variables that both SDKs read', () => {
  expect(read('laptop')).toEqual(variables);
});

test.each(['\n', '\r\n', '\u2028', '\u0085', '\v'])('a name with %j in it adds no line', (end) => {
  const text = envFile({ name: `a${end}OPENAI_API_KEY=x`, key: 'dpkABC', origin: 'https://llm.example.com' });
  expect(text.split(/[\n\r\v\f\u0085\u2028\u2029]/)).toHaveLength(6);
  expect(read(`a${end}OPENAI_API_KEY=x`)).toEqual(variables);
});
