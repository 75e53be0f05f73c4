/**
 * The id of an answer's objects, without the dialect's prefix: the request's id, so that it finds the call in the logs,
 * in characters that need no escaping in a URL. API Gateway's ids are base64 and end with `=`.
 */
export function toAnswerId(requestId: string): string {
  return requestId.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
}
