import { EventSourceParserStream } from 'eventsource-parser/stream';

export interface DemoCall {
  method?: string;
  token?: string;
  key?: string;
  body?: object;
  /** The expected status. @default any success */
  expect?: number;
}

/** Makes calls and prints each with its answer. */
export interface Teller {
  title(text: string): void;
  remark(text: string): void;
  call(url: string, call?: DemoCall): Promise<Record<string, unknown>>;
  /** A call of which only the status and what is left are shown. */
  briefly(url: string, call?: DemoCall): Promise<void>;
  /** A streamed chat, printed as it comes. */
  stream(url: string, call: DemoCall): Promise<void>;
}

const shownHeaders = /^(x-ratelimit-|retry-after|x-should-retry)/;
const longestAnswer = 600;

export function createTeller(out: NodeJS.WriteStream): Teller {
  const style = (code: number, text: string) => (out.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text);
  const print = (text: string) => void out.write(`${text}\n`);

  const send = async (url: string, call: DemoCall) => {
    const method = call.method ?? (call.body === undefined ? 'GET' : 'POST');
    const response = await fetch(url, {
      method,
      headers: {
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
        ...(call.key !== undefined && { 'x-api-key': call.key }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    if (call.expect === undefined ? !response.ok : response.status !== call.expect) {
      throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
    }
    return { method, response };
  };
  const printRequest = (method: string, url: string, call: DemoCall) => {
    const credential = call.key ? '  x-api-key: dpk…' : call.token ? '  authorization: Bearer …' : '';
    print(`\n${style(36, `→ ${method} ${url}`)}${style(2, credential)}`);
    if (call.body !== undefined) print(`  ${JSON.stringify(masked(call.body))}`);
  };
  const printStatus = (response: Response) => {
    print(style(response.ok ? 32 : 33, `← ${response.status} ${response.statusText}`));
    for (const [name, value] of response.headers)
      if (shownHeaders.test(name)) print(style(2, `  ${name}: ${value}`));
  };

  return {
    title: (text) => print(`\n${style(1, text)}`),
    remark: (text) => print(style(2, `  ${text}`)),
    async call(url, call = {}) {
      const { method, response } = await send(url, call);
      printRequest(method, url, call);
      printStatus(response);
      const body = (await response.json()) as Record<string, unknown>;
      const text = JSON.stringify(masked(body));
      print(`  ${text.length > longestAnswer ? `${text.slice(0, longestAnswer)}…` : text}`);
      return body;
    },
    async briefly(url, call = {}) {
      const { response } = await send(url, call);
      await response.text();
      print(`  ${response.status}, ${response.headers.get('x-ratelimit-remaining-requests')} left`);
    },
    async stream(url, call) {
      const { method, response } = await send(url, call);
      printRequest(method, url, call);
      printStatus(response);
      out.write('  ');
      for await (const text of deltas(response)) out.write(text.replaceAll('\n', '\n  '));
      print('');
    },
  };
}

/** Secrets never go to a terminal, whose scrollback outlives them. */
function masked(body: object): object {
  const secrets = new Set(['password', 'token', 'refreshToken', 'key']);
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) =>
      secrets.has(name) && typeof value === 'string' ? [name, `${value.slice(0, 3)}…`] : [name, value],
    ),
  );
}

/** The texts of a streamed chat completion. */
async function* deltas(response: Response): AsyncIterable<string> {
  const events = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of events ?? []) {
    if (data === '[DONE]') return;
    yield JSON.parse(data).choices[0]?.delta?.content ?? '';
  }
}
