import { useMutation } from '@tanstack/react-query';
import { billingRoutes } from '../../../core/contract/billing.ts';
import { useApi } from '../../shell/console-context.ts';

/** Leaves for the page on which a plan is paid for. */
export function useCheckout() {
  const api = useApi();
  return useMutation({
    mutationFn: (plan: string) => api.call(billingRoutes.startCheckout, { body: { plan } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}
