import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';

/** Status line and headers of a function's answer, ready to be written. */
export interface AnswerHead {
  status: number;
  headers: [string, string][];
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const absent = <S extends z.ZodType>(schema: S) => schema.nullish();
const head = {
  statusCode: z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{3}$/)
        .transform(Number),
    ])
    .pipe(z.int().min(200).max(599)),
  headers: absent(z.record(z.string(), scalar.nullable())),
  multiValueHeaders: absent(z.record(z.string(), z.array(scalar))),
};
const bufferedAnswer = z.object({ ...head, body: absent(z.string()), isBase64Encoded: absent(z.boolean()) });
const streamedHead = z.object({ ...head, cookies: absent(z.array(z.string())) });

/** @returns undefined for what AWS calls a malformed Lambda proxy response */
export function parseBufferedAnswer(
  payload: string,
): (AnswerHead & { body: string; isBase64Encoded: boolean }) | undefined {
  const answer = bufferedAnswer.safeParse(parseJson(payload)).data;
  const parsed = answer && readHead(answer);
  return parsed && { ...parsed, body: answer.body ?? '', isBase64Encoded: answer.isBase64Encoded ?? false };
}

/** The JSON before the eight NUL bytes. @returns undefined when it is malformed */
export function parseStreamedHead(prelude: string): AnswerHead | undefined {
  const answer = streamedHead.safeParse(parseJson(prelude)).data;
  const parsed = answer && readHead(answer);
  const cookies = (answer?.cookies ?? []).map((cookie): [string, string] => ['set-cookie', cookie]);
  return parsed && { ...parsed, headers: [...parsed.headers, ...cookies] };
}

/** Responses may not set these themselves; AWS hands them on under another name. */
const remapped = new Set([
  ...['authorization', 'connection', 'content-length', 'content-md5', 'date', 'max-forwards', 'server'],
  ...['user-agent', 'www-authenticate'],
]);
const dropped = new Set([
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function readHead(
  answer: z.output<typeof bufferedAnswer> | z.output<typeof streamedHead>,
): AnswerHead | undefined {
  const multiple = Object.entries(answer.multiValueHeaders ?? {});
  const overridden = new Set(multiple.map(([name]) => name.toLowerCase()));
  const single = Object.entries(answer.headers ?? {}).filter(([name]) => !overridden.has(name.toLowerCase()));
  const headers = [
    ...single.flatMap(([name, value]) => (value === null ? [] : [spell(name, value)])),
    ...multiple.flatMap(([name, values]) => values.map((value) => spell(name, value))),
  ].filter(([name]) => !dropped.has(name.toLowerCase()));
  return headers.every(isValid) ? { status: answer.statusCode, headers } : undefined;
}

const spell = (name: string, value: string | number | boolean): [string, string] => [
  remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name,
  String(value),
];

function isValid([name, value]: [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
