import type { Caller } from '../../core/accounts/users.ts';
import { acting } from '../acting.ts';
import type { ApiRequest } from './api-request.ts';

/** Answers a call with its caller named in the audit trail. */
export function actingBy<Request extends Pick<ApiRequest, 'id' | 'clientAddress'>, Answer>(
  as: 'user' | 'admin',
  request: Request,
  caller: Caller,
  work: (request: Request, caller: Caller) => Promise<Answer>,
): Promise<Answer> {
  const { id: requestId, clientAddress: address } = request;
  return acting({ as, actorId: caller.userId, address, requestId }, () => work(request, caller));
}
