import { requestRoutes } from '../../../core/contract/requests.ts';
import type { LoggedRequest } from '../../calls/logged-request.ts';
import { useApi } from '../../shell/console-context.ts';
import { useAddress } from '../../shell/use-address.ts';
import { usePages } from '../../shell/use-pages.ts';

export type Activity = ReturnType<typeof useActivity>;

const callsPerPage = 50;

/** The filters in the address, and the calls that match them, newest first. */
export function useActivity() {
  const { values: filters, isFiltered, choose } = useAddress(['key', 'status', 'model', 'day']);
  const { key, status, model, day } = filters;
  const api = useApi();
  const { rows: calls, ...pages } = usePages<LoggedRequest>({
    queryKey: ['activity', key, status, model, day],
    load: (cursor, signal) =>
      api.call(requestRoutes.listRequests, {
        query: { keyId: key, status, model, from: day, to: day, limit: callsPerPage, cursor },
        signal,
      }),
  });
  return { calls, filters, isFiltered, choose, ...pages };
}
