import type { FaultKind, Faults } from '../../faults.ts';
import type { Log } from '../../log.ts';
import { createBedrockOpenAi } from '../../providers/openai/openai.ts';
import { cutConnection } from '../cut-connection.ts';
import type { RoutedService } from '../dispatch.ts';
import { AwsError, type AwsRequest, type AwsResponse } from '../service.ts';
import { parseJsonObject } from './json-fields.ts';
import { parseModelId } from './models/model-id.ts';
import { converse, jsonAnswer } from './operations/converse.ts';
import { converseStream } from './operations/converse-stream.ts';
import { invokeModel } from './operations/invoke-model.ts';
import { createGenerations, type GenerationStats, leftSignal } from './operations/stop-when-client-leaves.ts';
import type { Responder } from './responders/responder.ts';
import { defaultPacing, eventPauseMs, type Pacing } from './stream/pacing.ts';
import { ConnectionCut } from './stream/stream-faults.ts';

export interface Bedrock extends RoutedService {
  stats(): GenerationStats;
}

interface Dependencies {
  faults: Faults;
  log: Log;
  responder: Responder;
  settings: Partial<Pacing>;
}

const operationsByPath = new Map([
  ['converse', 'Converse'],
  ['converse-stream', 'ConverseStream'],
  ['count-tokens', 'CountTokens'],
  ['invoke', 'InvokeModel'],
  ['invoke-with-response-stream', 'InvokeModelWithResponseStream'],
]);

const streamKinds: readonly FaultKind[] = ['cut', 'mid-stream-error', 'corrupt-frame'];
const statsPath = '/_stand-in/bedrock/stats';

/**
 * Bedrock's runtime API: Converse, ConverseStream, CountTokens, and InvokeModel for embeddings.
 * `GET /_stand-in/bedrock/stats` answers the counters of generations.
 */
export function createBedrock({ faults, log, responder, settings }: Dependencies): Bedrock {
  const pacing = { ...defaultPacing, ...settings };
  const generations = createGenerations();
  const openAi = createBedrockOpenAi({ faults, pauseMs: eventPauseMs(pacing) });

  const generate = async (operation: string, request: AwsRequest): Promise<AwsResponse> => {
    const modelId = modelIdOf(request);
    const body = parseJsonObject(request.body);
    const [fault] =
      operation === 'ConverseStream' ? faults.striking({ service: 'bedrock', operation }, streamKinds) : [];
    const finished = await generations.run(request.raw.response, async (signal): Promise<AwsResponse> => {
      const call = { modelId, body, signal, pacing };
      if (operation === 'Converse') return converse(responder, call);
      await converseStream(responder, call, request.raw, fault);
      return { handled: true };
    });
    if (finished === undefined)
      log.detail('bedrock', `${operation} ${modelId}: the client left, generation stopped`);
    return finished ?? { handled: true };
  };

  const answer = async (operation: string | undefined, request: AwsRequest): Promise<AwsResponse> => {
    switch (operation) {
      case 'Converse':
      case 'ConverseStream':
        return generate(operation, request);
      case 'CountTokens': {
        const modelId = modelIdOf(request);
        const body = parseJsonObject(request.body);
        const signal = leftSignal(request.raw.response);
        return jsonAnswer(await responder.countTokens({ modelId, body, signal, pacing }));
      }
      case 'InvokeModel':
        return invokeModel(responder, modelIdOf(request), request);
      default:
        throw unsupported(operation, request);
    }
  };

  return {
    signingName: 'bedrock',
    // Bedrock's API keys are bearer tokens.
    takesUnsigned: ({ path, headers }) =>
      path === statsPath || (path.startsWith('/model/') && /^Bearer \S/.test(headers.authorization ?? '')),
    operationName: (request) => openAi.operationName(request) ?? routeOf(request)?.operation,
    stats: generations.stats,
    async handle(request) {
      if (request.path.startsWith('/openai/')) return openAi.handle(request);
      if (request.path === statsPath) return { status: 200, body: JSON.stringify(generations.stats()) };
      const operation = routeOf(request)?.operation;
      try {
        return await answer(operation, request);
      } catch (error) {
        const started = request.raw.response.headersSent;
        if (!started && error instanceof ConnectionCut) cutConnection(request.raw.request);
        else if (!started) throw error;
        tellMidStreamFailure(log, operation ?? '', error);
        return { handled: true };
      }
    },
  };
}

const modelIdOf = (request: AwsRequest): string => parseModelId(routeOf(request)?.encodedModelId ?? '');

function routeOf({ method, path }: AwsRequest): { encodedModelId: string; operation: string } | undefined {
  const [, encodedModelId, verb] = /^\/model\/(.*)\/([a-z-]+)$/.exec(path) ?? [];
  const operation = operationsByPath.get(verb ?? '');
  if (method !== 'POST' || encodedModelId === undefined || operation === undefined) return undefined;
  return { encodedModelId, operation };
}

const unsupported = (operation: string | undefined, { method, path }: AwsRequest): AwsError =>
  new AwsError(
    'UnknownOperationException',
    `The local Bedrock stand-in has no ${operation ?? `${method} ${path}`}; it has Converse, ConverseStream, CountTokens and InvokeModel.`,
    404,
  );

function tellMidStreamFailure(log: Log, operation: string, error: unknown): void {
  if (error instanceof ConnectionCut) log.detail('bedrock', `${operation}: connection cut on request`);
  else if (error instanceof AwsError) log.detail('bedrock', `${operation} ended with ${error.code}`);
  else log.warn('bedrock', `${operation} failed: ${error instanceof Error ? error.stack : String(error)}`);
}
