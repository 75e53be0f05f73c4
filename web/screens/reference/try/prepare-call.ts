import { t } from '../../../language/t.ts';
import type { Parameter } from '../openapi.ts';
import type { Operation } from '../operations.ts';

/** What the user filled in, by `fieldName`, and the body's text. */
export interface CallFields {
  values: Readonly<Record<string, string>>;
  body: string;
}

/** A call as `fetch` takes it, without credentials. */
export interface PreparedCall {
  method: string;
  /** Path and query. */
  target: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

/** Messages by field, `body` for the body. Empty when nothing is wrong. */
export type CallFaults = Readonly<Record<string, string>>;

/** A path and a query may have parameters of the same name. */
export const fieldName = ({ in: place, name }: Parameter): string => `${place} ${name}`;

export function faultsOf({ parameters, body }: Operation, fields: CallFields): CallFaults {
  const faults: Record<string, string> = {};
  for (const parameter of parameters)
    if (parameter.required === true && (fields.values[fieldName(parameter)] ?? '') === '')
      faults[fieldName(parameter)] = t('This is required.');
  const fault = body === undefined ? undefined : bodyFault(fields.body, body.required);
  return fault === undefined ? faults : { ...faults, body: fault };
}

function bodyFault(text: string, required: boolean): string | undefined {
  if (text.trim() === '') return required ? t('A body is required.') : undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return t('This is not valid JSON: {reason}.', {
      reason: error instanceof Error ? error.message : '',
    });
  }
}

/** @param missing a placeholder for path parameters that are still empty */
export function prepareCall(
  operation: Operation,
  { values, body }: CallFields,
  missing = (name: string) => name.toUpperCase(),
): PreparedCall {
  const filled = operation.parameters.map((parameter) => ({
    ...parameter,
    value: values[fieldName(parameter)] ?? '',
  }));
  const valueIn = (name: string) =>
    filled.find((parameter) => parameter.in === 'path' && parameter.name === name)?.value || missing(name);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueIn(name)));
  const given = (place: string) =>
    filled
      .filter((parameter) => parameter.in === place && parameter.value !== '')
      .map(({ name, value }): [string, string] => [name, value]);
  const query = new URLSearchParams(given('query')).toString();
  const hasBody = operation.body !== undefined && body.trim() !== '';
  return {
    method: operation.method,
    target: query === '' ? path : `${path}?${query}`,
    headers: {
      ...Object.fromEntries(given('header')),
      ...(hasBody && { 'content-type': 'application/json' }),
    },
    body: hasBody ? body : undefined,
  };
}
