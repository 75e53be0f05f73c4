import { useSearchParams } from 'react-router';
import { emailBody } from '../../core/contract/accounts/account-requests.ts';

/** What the page's address carries between screens. Anyone may have written it, so a malformed e-mail is dropped. */
export function useCarried(): { email: string | undefined; next: string | null } {
  const [search] = useSearchParams();
  const { data } = emailBody.safeParse({ email: search.get('email') });
  return { email: data?.email, next: search.get('next') };
}
