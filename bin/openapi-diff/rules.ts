/**
 * What breaks a program that calls the API. Whatever else changes, such as a new operation, an optional field, a wider
 * bound or a new code, doesn't.
 */
export const rules = {
  'operation-removed': 'a call that was answered is a 404 or 405 now',
  'operation-renamed': 'generated clients name their methods by the operationId',
  'access-narrowed': 'who could call it no longer can',
  'parameter-removed': 'a query or header that callers send is refused, or no longer has any effect',
  'parameter-required': 'calls without it are refused now',
  'body-required': 'calls without a body are refused now',
  'body-removed': 'what callers send is no longer read',
  'status-removed': 'callers may wait for an answer that never comes',
  'media-type-removed': 'callers can’t read the answer any more',
  'header-removed': 'callers may act on a header that no longer comes',
  'code-removed': 'a code was renamed, or callers handle a refusal that never comes',
  'property-removed': 'a field is refused in requests, or missing in answers',
  'property-required': 'requests without the field are refused now',
  'property-optional': 'an answer may lack a field that was always there',
  'value-removed': 'a value is refused in requests, or never comes in answers',
  'type-removed': 'a kind of value that requests could have is refused now',
  'type-added': 'an answer may have a kind of value that it never had',
  'bound-narrowed': 'values that requests could have are refused now',
  'default-changed': 'requests that leave the field out mean something else now',
  'pattern-changed': 'texts that requests could have may be refused now',
  'other-properties-refused': 'fields of any name were taken, and no longer are',
} as const;

export type RuleName = keyof typeof rules;

export interface Change {
  rule: RuleName;
  /** `POST /v1/api-keys request.name`, `GET /v1/me 200.limits`. */
  where: string;
}
