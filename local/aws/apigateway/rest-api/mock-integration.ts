import { compileCorsOriginTemplate } from './cors-origin-template.ts';
import { GatewayFailure } from './gateway-failures.ts';
import {
  compileHeaderMapping,
  compileTextTemplate,
  type MappingSource,
  type Template,
} from './mapping-expressions.ts';
import { mediaTypeOf } from './media-type.ts';
import type { IntegrationProperties, MethodResponse } from './template-properties.ts';

export interface MockIntegration {
  readonly type: 'mock';
  answer(call: { contentType: string | undefined; body: string; source: MappingSource }): MockAnswer;
}

interface MockAnswer {
  status: number;
  headers: [string, string][];
  contentType: string;
  body: string;
}

interface MockResponse {
  pattern: RegExp | undefined;
  status: number;
  headers: { name: string; value: Template }[];
  contentType: string;
  body: Template | undefined;
  allowedOrigins: readonly string[];
}

// CDK writes the key without quotes; API Gateway's parser takes both.
const statusTemplate = /^\s*\{\s*"?statusCode"?\s*:\s*"?(\d{3})"?\s*\}\s*$/;

/** @throws Error naming a template or mapping that is not supported */
export function compileMockIntegration(
  properties: IntegrationProperties,
  methodResponses: readonly MethodResponse[],
): MockIntegration {
  const statuses = new Map(
    Object.entries(properties.RequestTemplates).map(([type, template]) => [type, mockStatus(template)]),
  );
  const responses = properties.IntegrationResponses.map((response) =>
    compileResponse(response, methodResponses),
  );

  const chooseStatus = (contentType: string | undefined, body: string): number | undefined => {
    const known = statuses.get(mediaTypeOf(contentType) ?? 'application/json');
    if (known !== undefined) return known;
    const { PassthroughBehavior: passthrough } = properties;
    if (passthrough === 'NEVER' || (passthrough === 'WHEN_NO_TEMPLATES' && statuses.size > 0)) {
      throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE');
    }
    return Number(statusTemplate.exec(body)?.[1]);
  };

  return {
    type: 'mock',
    answer({ contentType, body, source }) {
      const status = String(chooseStatus(contentType, body));
      const response =
        responses.find(({ pattern }) => pattern?.test(status)) ??
        responses.find(({ pattern }) => pattern === undefined);
      if (status === 'NaN' || response === undefined) throw new GatewayFailure('API_CONFIGURATION_ERROR');
      return render(response, source);
    },
  };
}

function mockStatus(template: string): number {
  const status = statusTemplate.exec(template)?.[1];
  if (status === undefined) {
    throw new Error(`Integration.RequestTemplates: only {"statusCode": N} is supported, not ${template}`);
  }
  return Number(status);
}

function compileResponse(
  response: IntegrationProperties['IntegrationResponses'][number],
  methodResponses: readonly MethodResponse[],
): MockResponse {
  const declared = methodResponses.find(({ StatusCode }) => StatusCode === response.StatusCode);
  if (declared === undefined) throw new Error(`MethodResponses has no ${response.StatusCode}`);
  const headers = Object.entries(response.ResponseParameters).map(([parameter, expression]) => {
    const name = /^method\.response\.header\.(.+)$/.exec(parameter)?.[1];
    if (name === undefined || !(parameter in declared.ResponseParameters)) {
      throw new Error(`${parameter} is not declared in MethodResponses ${response.StatusCode}`);
    }
    return { name, value: compileHeaderMapping(expression) };
  });
  const [contentType = 'application/json', template] =
    Object.entries(response.ResponseTemplates).sort(([type]) => (type === 'application/json' ? -1 : 1))[0] ??
    [];
  const allowedOrigins = template === undefined ? undefined : compileCorsOriginTemplate(template);
  return {
    pattern: response.SelectionPattern ? new RegExp(`^(?:${response.SelectionPattern})$`, 's') : undefined,
    status: Number(response.StatusCode),
    headers,
    contentType,
    body: template === undefined || allowedOrigins ? undefined : compileTextTemplate(template),
    allowedOrigins: allowedOrigins ?? [],
  };
}

function render(response: MockResponse, source: MappingSource): MockAnswer {
  const origin = source.request('header', 'origin') ?? '';
  const echoed = response.allowedOrigins.includes(origin);
  const headers = response.headers.flatMap(({ name, value }): [string, string][] => {
    const text = echoed && /^access-control-allow-origin$/i.test(name) ? origin : value(source);
    return text === undefined ? [] : [[name, text]];
  });
  return {
    status: response.status,
    headers,
    contentType: response.contentType,
    body: response.body?.(source) ?? '',
  };
}
