import { toErrorBody } from '../../chat/anthropic-messages/error-body.ts';
import { DaypassError, type ErrorCode, errorBodyOf, errorCodes } from '../../errors.ts';
import { requestId } from '../examples/example-values.ts';
import { refusalExamples } from '../examples/refusal-examples.ts';
import type { RefusalExample } from '../examples/route-example.ts';
import type { RouteContract } from '../route-contract.ts';

/** A code that a route's refusals may have. */
export type RefusalCode = keyof typeof refusalExamples;

/** Codes that any route may answer. */
const everyRoute = [
  'internal_error',
  'service_unavailable',
  'rate_limit_exceeded',
  'gateway_timeout',
] as const;
const everyBody = [
  'invalid_json',
  'invalid_request',
  'unsupported_parameter',
  'payload_too_large',
  'unsupported_media_type',
] as const;

/** Every code of a route's refusals, by status. */
export function refusalsOf(route: RouteContract): Map<number, RefusalCode[]> {
  const own: ErrorCode[] = [...route.errors, ...everyRoute];
  if (route.body !== undefined) own.push(...everyBody);
  if (route.query !== undefined) own.push('invalid_request', 'unsupported_parameter');
  if (route.access === 'login' || route.access === 'admin')
    own.push('unauthorized', 'user_suspended', 'awaiting_approval');
  if (route.access === 'admin') own.push('forbidden', 'email_not_confirmed');
  const codes = [...new Set(own)].filter((code): code is RefusalCode => code in refusalExamples);
  return Map.groupBy(codes, (code) => errorCodes[code].status);
}

/** The answer's body, as the function or API Gateway writes it. */
export function refusalBody(
  code: RefusalCode,
  { message, param, byGateway }: RefusalExample,
  shape: RouteContract['refusals'],
): unknown {
  if (byGateway) return { type: 'error', ...errorBodyOf(code, message), request_id: requestId };
  if (shape === undefined) return errorBodyOf(code, message, param);
  const unknownFields = code === 'unsupported_parameter' && param !== undefined ? [param] : [];
  return toErrorBody(new DaypassError(code, message, { param, unknownFields }), requestId);
}

const nameIn = (shape: RouteContract['refusals'], code: RefusalCode): string =>
  shape === undefined || (refusalExamples[code] as RefusalExample).byGateway ? code : `${shape}_${code}`;

/** Examples of refusals that many routes share, written once among the components. */
export class SharedRefusals {
  readonly byName: Record<string, { value: unknown }> = {};

  /** @param own the route's own words, if it has some */
  refer(code: RefusalCode, own: RefusalExample | undefined, shape: RouteContract['refusals']): object {
    if (own !== undefined) return { value: refusalBody(code, own, shape) };
    const name = nameIn(shape, code);
    this.byName[name] ??= { value: refusalBody(code, refusalExamples[code], shape) };
    return { $ref: `#/components/examples/${name}` };
  }
}
