import { randomInt } from 'node:crypto';
import type { RoutedService } from '../../aws/dispatch.ts';
import type { AwsRequest, AwsResponse } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { systemRandomness } from '../../randomness.ts';
import type { Store } from '../../state/store.ts';
import { ApiError, keyOf } from '../stand-in.ts';
import { createStripeEvents } from './stripe-events.ts';
import { type Form, type StripeApiDeps, stripeOperations } from './stripe-operations.ts';
import { openStripeState, type StripeState } from './stripe-state.ts';

export interface StripeStandIn extends StripeApiDeps {
  /** The API, at `/v1/` of the AWS port. */
  service: RoutedService;
  /** Makes the secrets that a function of the template names, unless an operator has made them. */
  makeSecrets(environment: Readonly<Record<string, string>>): void;
  close(): void;
}

interface Dependencies {
  store: Pick<Store, 'collection'>;
  clock: Clock;
  log: Log;
  edgeUrl: string;
  region: string;
  accountId: string;
}

const daySeconds = 86_400;

/** A stand-in for the part of Stripe’s API that is used, in test mode. */
export function createStripe({ store, clock, log, edgeUrl, ...place }: Dependencies): StripeStandIn {
  const state = openStripeState({ store, clock, randomness: systemRandomness });
  const secrets = () => store.collection<{ arn: string; name: string; value: string }>('secrets');
  let names: { apiKey?: string | undefined; webhook?: string | undefined } = {};
  const secretOf = (id: string | undefined) =>
    secrets()
      .list()
      .find(({ value: { arn, name } }) => arn === id || name === id)?.value.value;
  const events = createStripeEvents({
    state,
    endpoint: () => `${edgeUrl}/v1/billing/webhook`,
    webhookSecret: () => secretOf(names.webhook),
    log,
  });
  // Another origin than the console's, as Stripe's pages are.
  const pages = () => edgeUrl.replace('localhost', '127.0.0.1');
  const deps: StripeApiDeps = { state, events, pages };

  const makeSecret = (id: string, prefix: string) => {
    if (secretOf(id) !== undefined) return;
    const name = id.startsWith('arn:') ? (id.split(':').at(-1) ?? id) : id;
    const { region, accountId } = place;
    const arn = id.startsWith('arn:')
      ? id
      : `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-local0`;
    secrets().put(name, { arn, name, value: `${prefix}_${randomText(32)}` });
  };

  return {
    ...deps,
    makeSecrets({ STRIPE_API_KEY_SECRET: apiKey, STRIPE_WEBHOOK_SECRET: webhook }) {
      if (apiKey === undefined || webhook === undefined) return;
      names = { apiKey, webhook };
      makeSecret(apiKey, 'sk_test');
      makeSecret(webhook, 'whsec');
    },
    close: () => events.close(),
    service: {
      signingName: 'stripe',
      takesUnsigned: ({ path }) => path.startsWith('/v1/'),
      operationName: (request) => find(request)?.operation.name,
      serializeError: (error, requestId) =>
        answerOf(
          new ApiError(error.status, error.status === 429 ? 'rate_limit_error' : 'api_error', error.message),
          requestId,
        ),
      async handle(request) {
        try {
          requireKey(request, secretOf(names.apiKey));
          return once(state, request, () => perform(request, deps));
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          return answerOf(error, request.requestId);
        }
      },
    },
  };
}

function find({ method, path }: AwsRequest) {
  for (const operation of stripeOperations) {
    const match = operation.method === method ? operation.path.exec(path) : null;
    if (match !== null) return { operation, id: match[1] ?? '' };
  }
  return undefined;
}

function perform(request: AwsRequest, deps: StripeApiDeps): AwsResponse {
  const found = find(request);
  if (found === undefined) {
    const text = `Unrecognized request URL (${request.method}: ${request.path}). This stand-in has only what Daypass calls.`;
    throw new ApiError(404, 'invalid_request_error', text);
  }
  const form = formOf(request);
  const unknown = Object.keys(form).find((name) => !found.operation.fields.test(name));
  if (unknown !== undefined) {
    throw new ApiError(400, 'invalid_request_error', `Received unknown parameter: ${unknown}`, {
      code: 'parameter_unknown',
      param: unknown,
    });
  }
  return json(200, found.operation.answer(form, found.id, deps), request.requestId);
}

function formOf({ method, query, body, headers }: AwsRequest): Form {
  if (method === 'GET') return Object.fromEntries(query);
  if (body.length === 0) return {};
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
    throw new ApiError(400, 'invalid_request_error', 'Send parameters as application/x-www-form-urlencoded.');
  }
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

/** A repeated POST gets the first answer again, refusals too; with other parameters it is refused. */
function once(state: StripeState, request: AwsRequest, work: () => AwsResponse): AwsResponse {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || typeof key !== 'string') return work();
  const parameters = `${request.path} ${request.body.toString('utf8')}`;
  const known = state.answers.get(key);
  if (known !== undefined && known.at > state.seconds() - daySeconds) {
    if (known.parameters !== parameters) {
      const text = `Keys for idempotent requests can only be used with the same parameters they were first used with.`;
      throw new ApiError(400, 'idempotency_error', text);
    }
    return {
      status: known.status,
      headers: { 'content-type': 'application/json', 'idempotent-replayed': 'true' },
      body: known.body,
    };
  }
  const answer = attempted(work, request.requestId);
  if (!('handled' in answer)) {
    state.answers.put(key, {
      parameters,
      status: answer.status,
      body: String(answer.body),
      at: state.seconds(),
    });
  }
  return answer;
}

function attempted(work: () => AwsResponse, requestId: string): AwsResponse {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return answerOf(error, requestId);
    throw error;
  }
}

function requireKey(request: AwsRequest, known: string | undefined): void {
  const key = keyOf(request);
  if (key === '') {
    throw new ApiError(401, 'invalid_request_error', 'You did not provide an API key.');
  }
  if (known !== undefined && key === known && /^(sk|rk)_test_\w{8,}$/.test(key)) return;
  throw new ApiError(401, 'invalid_request_error', `Invalid API Key provided: ${key.slice(0, 8)}****`);
}

function answerOf({ status, type, message, details }: ApiError, requestId: string): AwsResponse {
  const { code, param } = details;
  const error = { message, type, ...(code != null && { code }), ...(param != null && { param }) };
  return json(status, { error }, requestId);
}

function json(status: number, body: object, requestId: string): AwsResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'request-id': `req_${requestId}` },
    body: JSON.stringify(body),
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}
