import { openApiDocument } from '../../core/contract/openapi/openapi-document.ts';
import { bySection, sections } from '../../core/contract/openapi/sections.ts';
import type { Operation } from './collection.ts';

const origin = 'https://llm.example.com';

/** How a command shows who calls. */
const credentials: Readonly<Record<string, string>> = {
  login: '-H "Authorization: Bearer $TOKEN"',
  sessionCookie: '-b "daypass_session=$SESSION"',
  apiKey: '-H "x-api-key: $DAYPASS_KEY"',
};

const intro = `# All calls

One command for each call, with the example of the API’s description, in the order of the reference. \`$TOKEN\` holds a login token and
\`$DAYPASS_KEY\` a key, as in [Quick calls](quick-calls.md); ids and addresses are examples. What each answers is in the console, under Docs, and in
\`GET /v1/openapi.json\`. Written by \`npm run collection\`.
`;

/** docs/all-calls.md, made from the contract. */
export function allCallsPage(): string {
  const { paths } = openApiDocument() as unknown as { paths: Record<string, Record<string, Operation>> };
  const operations = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .toSorted(bySection);
  const parts = sections.map(({ title, about }) => {
    const commands = operations
      .filter(({ operation }) => operation.tags[0] === title)
      .map(
        ({ path, method, operation }) =>
          `${operation.summary}:\n\n\`\`\`sh\n${curl(path, method, operation)}\n\`\`\`\n`,
      );
    return `## ${title}\n\n${about}\n\n${commands.join('\n')}`;
  });
  return [intro, ...parts].join('\n');
}

function curl(path: string, method: string, { parameters = [], requestBody, security }: Operation): string {
  const given = (where: string): [string, string][] =>
    parameters
      .filter(({ in: place, example }) => place === where && example !== undefined)
      .map(({ name, example }) => [name, String(example)]);
  const target = given('path').reduce((filled, [name, value]) => filled.replace(`{${name}}`, value), path);
  const query = new URLSearchParams(given('query')).toString();
  const body = requestBody?.content['application/json']?.example;
  const needs = Object.keys(security[0] ?? {})[0] ?? '';
  return [
    `curl ${method === 'get' || (method === 'post' && body !== undefined) ? '' : `-X ${method.toUpperCase()} `}${word(origin + target + (query === '' ? '' : `?${query}`))}`,
    ...[credentials[needs] ?? []].flat(),
    ...given('header').map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${word(JSON.stringify(body))}`]),
  ].join(' \\\n  ');
}

const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
