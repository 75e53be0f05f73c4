import type { z } from 'zod';
import { type GatewayFailure, gatewayResponseDefaults, gatewayResponseTypes } from './gateway-failures.ts';
import {
  compileHeaderMapping,
  compileTextTemplate,
  type MappingSource,
  type Template,
} from './mapping-expressions.ts';
import { mediaTypeOf } from './media-type.ts';
import type { GatewayResponse, RestApi } from './rest-api.ts';
import type { gatewayResponseProperties } from './template-properties.ts';

export interface RenderedResponse {
  status: number;
  headers: [string, string][];
  contentType: string;
  body: string;
}

const standardTemplate = compileTextTemplate('{"message":$context.error.messageString}');

/** @throws Error naming a type, mapping or variable that does not exist */
export function compileGatewayResponse(
  properties: z.output<typeof gatewayResponseProperties>,
): GatewayResponse {
  const type = gatewayResponseTypes.find((known) => known === properties.ResponseType);
  if (type === undefined) throw new Error(`ResponseType '${properties.ResponseType}' does not exist`);
  const headers = Object.entries(properties.ResponseParameters).map(([parameter, expression]) => {
    const name = /^gatewayresponse\.header\.([\w-]+)$/.exec(parameter)?.[1];
    if (name === undefined) throw new Error(`ResponseParameters: '${parameter}' is not supported`);
    return { name, value: compileHeaderMapping(expression) };
  });
  return {
    type,
    status: properties.StatusCode === undefined ? undefined : Number(properties.StatusCode),
    headers,
    templates: new Map(
      Object.entries(properties.ResponseTemplates).map(([mediaType, text]) => [
        mediaType,
        compileTextTemplate(text),
      ]),
    ),
  };
}

/** API Gateway's own answer: the type's override, else DEFAULT_4XX or DEFAULT_5XX's, else AWS's default. */
export function renderGatewayResponse(
  failure: GatewayFailure,
  overrides: RestApi['gatewayResponses'],
  call: { source: MappingSource; accept: string | undefined },
): RenderedResponse {
  const defaults = gatewayResponseDefaults[failure.type];
  const status = failure.status ?? defaults.status;
  const override = overrides.get(failure.type) ?? overrides.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const source = withError(call.source, failure);
  const [contentType, template] = chooseTemplate(override, call.accept);
  return {
    status: override?.status ?? status,
    headers: [
      ['x-amzn-errortype', defaults.errorType],
      ...(override?.headers ?? []).flatMap(({ name, value }): [string, string][] => {
        const text = value(source);
        return text === undefined ? [] : [[name, text]];
      }),
    ],
    contentType,
    body: template(source) ?? '',
  };
}

function chooseTemplate(
  override: GatewayResponse | undefined,
  accept: string | undefined,
): [string, Template] {
  const templates = override?.templates ?? new Map<string, Template>();
  const wanted = (accept ?? '').split(',').map(mediaTypeOf);
  const accepted = [...templates].find(([mediaType]) => wanted.includes(mediaType));
  const json = templates.get('application/json');
  return (
    accepted ??
    (json ? ['application/json', json] : ([...templates][0] ?? ['application/json', standardTemplate]))
  );
}

function withError(source: MappingSource, failure: GatewayFailure): MappingSource {
  const error: Record<string, string | undefined> = {
    'error.message': failure.message,
    'error.messageString': JSON.stringify(failure.message),
    'error.responseType': failure.type,
    'error.validationErrorString': failure.validationErrors,
  };
  return { ...source, context: (name) => (name in error ? error[name] : source.context(name)) };
}
