import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import { mediaTypeOf } from '../rest-api/media-type.ts';
import { type Call, lastHeader, type Route } from './call.ts';

/** @throws GatewayFailure naming the missing parameters, or for a body its model does not take */
export function validateRequest(call: Call, { api, method, pathParameters }: Route, body: string): void {
  const validator = method.validatorId === undefined ? undefined : api.validators.get(method.validatorId);
  if (validator?.validatesParameters) {
    const missing = Object.keys(method.requestParameters).filter(
      (parameter) => method.requestParameters[parameter] && !parameterValue(parameter, call, pathParameters),
    );
    if (missing.length > 0) throw missingParameters(missing);
  }
  if (!validator?.validatesBody) return;
  // A content type without a model is not validated, as AWS documents; `$default` covers every type.
  const mediaType = mediaTypeOf(lastHeader(call.headers, 'content-type')) ?? 'application/json';
  const model = api.models.get(method.requestModels[mediaType] ?? method.requestModels.$default ?? '');
  const validationErrors = model?.check(body);
  if (validationErrors !== undefined) throw new GatewayFailure('BAD_REQUEST_BODY', { validationErrors });
}

function parameterValue(parameter: string, call: Call, pathParameters: Readonly<Record<string, string>>) {
  const [, , place, name = ''] = parameter.split('.');
  if (place === 'header') return lastHeader(call.headers, name);
  if (place === 'path') return pathParameters[name];
  return call.query.findLast(([key]) => key === name)?.[1];
}

function missingParameters(parameters: readonly string[]): GatewayFailure {
  const names = parameters.map((parameter) => parameter.split('.')[3]).join(', ');
  return new GatewayFailure('BAD_REQUEST_PARAMETERS', {
    message: `Missing required request parameters: [${names}]`,
    validationErrors: `[${names}]`,
  });
}
