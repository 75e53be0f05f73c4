import type { AuditEvent } from '../admin-types.ts';

/** By the API's names; test/web/admin holds it to core/audit.ts. */
export const actionWords: Readonly<Record<string, string>> = {
  'key.created': 'Key created',
  'key.undone': 'Key creation undone',
  'key.rotated': 'Key rotated',
  'key.renamed': 'Key renamed',
  'key.limits_changed': 'Key’s limits changed',
  'key.moved': 'Key moved to another plan',
  'key.revoked': 'Key revoked',
  'key.expired': 'Key expired',
  'user.invited': 'User invited',
  'user.suspended': 'User suspended',
  'user.restored': 'User resumed',
  'user.plans_changed': 'User’s plans changed',
  'user.limits_changed': 'User’s limits changed',
  'user.billing_changed': 'User’s subscription changed',
  'provider_key.kept': 'Provider key saved',
  'provider_key.deleted': 'Provider key deleted',
  'user.approved': 'User approved',
  'user.end_changed': 'Account’s end changed',
  'user.dormancy_told': 'User told of a coming closure',
  'user.end_told': 'User told of the account’s end',
  'user.closed': 'Account closed',
  'user.deleted': 'User deleted',
  'user.made_admin': 'Made an admin',
  'user.unmade_admin': 'No longer an admin',
  'user.authenticator_off': 'Authenticator app turned off',
  'user.passkey_added': 'Passkey added',
  'user.passkey_removed': 'Passkey removed',
};

/** Who did it, in a few words. */
export function actorWords({ as, id, email }: AuditEvent['actor']): string {
  switch (as) {
    case 'system':
      return 'Daypass itself';
    case 'anonymous':
      return 'Someone without a login';
    case 'operator':
      return id === null ? 'Operator' : `Operator ${id}`;
    default:
      return email ?? id ?? 'Unknown';
  }
}

export function detailWords(detail: AuditEvent['detail']): string {
  const words = ([name, value]: [string, string | string[] | null]) =>
    `${name}: ${value === null ? 'none' : [value].flat().join(', ') || 'none'}`;
  return Object.entries(detail).map(words).join('; ');
}
