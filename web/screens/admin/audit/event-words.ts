import { t } from '../../../language/t.ts';
import type { AuditEvent } from '../admin-types.ts';

/** By the API's names; test/web/admin holds it to core/audit.ts. */
export const actionWords: Readonly<Record<string, () => string>> = {
  'key.created': () => t('Key created'),
  'key.undone': () => t('Key creation undone'),
  'key.rotated': () => t('Key rotated'),
  'key.renamed': () => t('Key renamed'),
  'key.limits_changed': () => t('Key’s limits changed'),
  'key.moved': () => t('Key moved to another plan'),
  'key.revoked': () => t('Key revoked'),
  'key.expired': () => t('Key expired'),
  'user.invited': () => t('User invited'),
  'user.suspended': () => t('User suspended'),
  'user.restored': () => t('User resumed'),
  'user.plans_changed': () => t('User’s plans changed'),
  'user.limits_changed': () => t('User’s limits changed'),
  'user.billing_changed': () => t('User’s subscription changed'),
  'provider_key.kept': () => t('Provider key saved'),
  'provider_key.deleted': () => t('Provider key deleted'),
  'user.approved': () => t('User approved'),
  'user.end_changed': () => t('Account’s end changed'),
  'user.dormancy_told': () => t('User told of a coming closure'),
  'user.end_told': () => t('User told of the account’s end'),
  'user.closed': () => t('Account closed'),
  'user.deleted': () => t('User deleted'),
  'user.made_admin': () => t('Made an admin'),
  'user.unmade_admin': () => t('No longer an admin'),
  'user.authenticator_off': () => t('Authenticator app turned off'),
  'user.passkey_added': () => t('Passkey added'),
  'user.passkey_removed': () => t('Passkey removed'),
};

/** Who did it, in a few words. */
export function actorWords({ as, id, email }: AuditEvent['actor']): string {
  switch (as) {
    case 'system':
      return t('Daypass itself');
    case 'anonymous':
      return t('Someone without a login');
    case 'operator':
      return id === null ? t('Operator') : t('Operator {id}', { id });
    default:
      return email ?? id ?? t('Unknown');
  }
}
