/** An answer of the deployment under test; `body` is undefined where it isn't JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> | undefined;
  text: string;
}

export interface Call {
  method?: string;
  /** A login token, or a key: both go as bearers. */
  bearer?: string | undefined;
  body?: unknown;
}

/** Longer than CloudFront waits for an answer to begin. */
const patienceMs = 90_000;

/** What a check found wrong, in an operator's words. */
export class Finding extends Error {}

export async function send(origin: string, path: string, { method, bearer, body }: Call): Promise<Response> {
  const init = {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  };
  try {
    return await fetch(`${origin}${path}`, init);
  } catch (error) {
    const { cause, message } = error as Error;
    const why = cause instanceof Error ? cause.message || (cause as { code?: string }).code : message;
    throw new Finding(`${init.method} ${path}: no answer came from ${origin} (${why}).`);
  }
}

export async function ask(origin: string, path: string, call: Call = {}): Promise<Answer> {
  const response = await send(origin, path, call);
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, body: asJson(text), text };
}

/** @throws Finding unless the answer has this status; it repeats the refusal's own words, which hold no secrets */
export function expectStatus(answer: Answer, status: number, what: string): Record<string, unknown> {
  if (answer.status === status && answer.body !== undefined) return answer.body;
  const { error } = (answer.body ?? {}) as { error?: { code?: string; message?: string } };
  const id = answer.headers.get('x-request-id');
  throw new Finding(
    [
      `${what}: ${answer.status} instead of ${status}`,
      error === undefined ? 'an answer that is not ours' : `${error.code}: ${error.message}`,
      ...(id === null ? [] : [`x-request-id ${id}`]),
    ].join('; '),
  );
}

function asJson(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return undefined;
  }
}
