import { useSearchParams } from 'react-router';
import { emailBody } from '../../core/contract/accounts.ts';

/** What the address bar carries from screen to screen. It may come from anybody, so an address is one or nothing. */
export function useCarried(): { email: string | undefined; next: string | null } {
  const [search] = useSearchParams();
  const { data } = emailBody.safeParse({ email: search.get('email') });
  return { email: data?.email, next: search.get('next') };
}
