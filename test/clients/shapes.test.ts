import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { anthropicMessages } from '../../core/chat/anthropic-messages/dialect.ts';
import type { Dialect } from '../../core/chat/dialect.ts';
import { openAiChat } from '../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../core/chat/openai-responses/dialect.ts';
import { toConverse } from '../../core/providers/bedrock/to-converse.ts';
import { parseConverseRequest } from '../../local/aws/bedrock/request/parse-converse-request.ts';
import { validateConverse } from '../../local/aws/bedrock/validation/validate-converse.ts';
import { catalog } from '../core/chat/shown-models.ts';
import type { Shape } from './shape-of.ts';

/** What the clients of docs/clients.md send, as `npm run clients -- --record` wrote it down. */
const folder = join(import.meta.dirname, 'shapes');
const recorded = readdirSync(folder).map((file) => {
  const shapes: Shape[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return [basename(file, '.json'), shapes] as const;
});

const dialects: Record<string, Dialect<unknown>> = {
  '/v1/chat/completions': openAiChat as Dialect<unknown>,
  '/v1/messages': anthropicMessages as Dialect<unknown>,
  '/v1/responses': openAiResponses as Dialect<unknown>,
};

/** Throws when the route would refuse it, or when Bedrock would refuse what it is turned into. */
function send({ path, body }: Shape): void {
  const dialect = dialects[path];
  const name = (body as { model: string }).model;
  const model = catalog.models.find((shown) => shown.name === name);
  if (dialect === undefined || model === undefined) throw new Error(`no ${path} or no ${name}`);
  const chat = dialect.toChatRequest(dialect.body.parse(body), catalog.chat);
  const { modelId, ...request } = toConverse(chat, model, catalog.chat).request;
  validateConverse(parseConverseRequest(modelId ?? '', JSON.parse(JSON.stringify(request))), 'stream');
}

describe.each(recorded)('%s', (_name, shapes) => {
  test.each(shapes.map((shape, at) => [at + 1, shape.path, shape] as const))(
    'call %d, to %s, is taken, and so is what becomes of it',
    (_at, _path, shape) => send(shape),
  );
});
