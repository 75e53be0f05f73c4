import type { LoggedRequest } from '../../../web/calls/logged-request.ts';

export function loggedCall(fields: Partial<LoggedRequest> = {}): LoggedRequest {
  return {
    time: '2026-11-22T10:05:00.000Z',
    requestId: 'req_one',
    keyId: 'key_one',
    keyName: 'My laptop',
    route: '/v1/chat/completions',
    model: 'nova-lite',
    status: 200,
    code: null,
    mark: 'metered',
    firstTokenMs: 200,
    totalMs: 900,
    inputTokens: 100,
    outputTokens: 40,
    cachedTokens: 7,
    cost: 0.000_12,
    count: 1,
    ...fields,
  };
}
