import type { Randomness } from '../../../randomness.ts';
import type { Call } from './call.ts';

/** A header's token (RFC 9110), which is what API Gateway takes for a request id. */
const takenOver = /^[\w!#$%&'*+.^`|~-]{1,128}$/;

/**
 * The two names of one call. The caller may choose `requestId` by `X-Amzn-RequestId`; what doesn't fit is passed over.
 * `extendedRequestId` is API Gateway's own, whatever the call carries ([AWS][1]).
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
 */
export function requestIds(
  headers: Call['headers'],
  randomness: Randomness,
): Pick<Call, 'requestId' | 'extendedRequestId'> {
  const chosen = headers.findLast(([name]) => name.toLowerCase() === 'x-amzn-requestid')?.[1] ?? '';
  return {
    requestId: takenOver.test(chosen) ? chosen : randomness.uuid(),
    extendedRequestId: `${randomness.bytes(11).toString('base64url')}=`,
  };
}
