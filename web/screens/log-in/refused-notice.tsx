import { useSearchParams } from 'react-router';
import { type RefusedLogin, refusedLogins } from '../../../core/contract/accounts/federation.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';

const words: Record<RefusedLogin, () => string> = {
  provider_login_failed: () => t('The login was not completed. Try again.'),
  domain_not_allowed: () => t('Addresses of this domain can’t be used here.'),
  email_not_confirmed: () =>
    t('Your provider does not say that your address is verified. Ask the operator of this service.'),
  email_taken: () =>
    t(
      'Your address has an account here that was never proven to be yours. Ask the operator of this service.',
    ),
  provider_login_required: () => t('Your address belongs to another provider. Log in with that one.'),
  service_unavailable: () => t('The login could not be completed. Try again in a moment.'),
};

/** Why a login with a provider led back here. Anyone may have written the page's address, so it only chooses among these words. */
export function RefusedNotice() {
  const [search] = useSearchParams();
  const refused = refusedLogins.find((word) => word === search.get('refused'));
  return refused !== undefined && <Alert tone="danger">{words[refused]()}</Alert>;
}
