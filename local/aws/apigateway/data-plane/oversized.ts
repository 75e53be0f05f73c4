import type { Call } from './call.ts';

/** Of a Regional REST API; neither can be raised. */
const longestUrl = 10_240;
const mostHeaderBytes = 10_240;

/**
 * Refused by API Gateway before it looks for an API, so that no gateway response applies. AWS documents the
 * quotas ([AWS][1]) and not the statuses, which are HTTP's here.
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @returns undefined for a call that fits
 */
export function refuseOversized({ headers, host }: Call, target: string) {
  const url = `https://${host}${target}`;
  if (url.length > longestUrl) return plain(414, `The URL is longer than ${longestUrl} characters.`);
  const bytes = headers.reduce((sum, [, value]) => sum + Buffer.byteLength(value, 'latin1'), 0);
  if (bytes > mostHeaderBytes) return plain(431, `HTTP header is larger than ${mostHeaderBytes} bytes.`);
  return undefined;
}

const plain = (status: number, body: string) => ({ status, headers: [], contentType: 'text/plain', body });
