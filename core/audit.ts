import type { LimitField } from './metering/windows.ts';
import type { Page } from './page.ts';

/** What the trail tells of. Stored: add names, and don't change any. */
export const auditActions = [
  'key.created',
  'key.undone',
  'key.rotated',
  'key.renamed',
  'key.limits_changed',
  'key.moved',
  'key.revoked',
  'key.expired',
  'provider_key.kept',
  'provider_key.deleted',
  'user.invited',
  'user.approved',
  'user.suspended',
  'user.restored',
  'user.plans_changed',
  'user.limits_changed',
  'user.billing_changed',
  'user.end_changed',
  'user.dormancy_told',
  'user.end_told',
  'user.closed',
  'user.deleted',
  'user.made_admin',
  'user.unmade_admin',
  'user.authenticator_off',
  'user.passkey_added',
  'user.passkey_removed',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** What events tell of a change, beside limits, which keep their names. Stored: add names, and don't change any. */
export const auditDetails = [
  'plan',
  'from',
  'to',
  'allowedPlans',
  'limits',
  'endsAt',
  'because',
  'provider',
  'providerKeys',
  'subscriptions',
  'event',
] as const;
export type AuditDetail = (typeof auditDetails)[number] | LimitField;

/** In which capacity somebody acts. `anonymous`: without a login, such as by a code from an e-mail. */
export const actingAs = ['user', 'admin', 'operator', 'anonymous', 'system'] as const;

/** Who makes a call. It says nothing that is secret. */
export interface Acting {
  as: (typeof actingAs)[number];
  /** The user's id; of an operator, what they call themselves; null for the system, and without a login. */
  actorId: string | null;
  address: string | null;
  requestId: string | null;
}

export interface AuditEvent extends Acting {
  id: string;
  at: number;
  action: AuditAction;
  /** Whom it is about. */
  userId: string;
  keyId: string | null;
  /** Names of plans and the like; never what users write. */
  detail: Readonly<Partial<Record<AuditDetail, string | readonly string[] | null>>>;
}

export interface AuditQuery extends Page {
  /** First and last day (UTC), inclusive. */
  from: string;
  to: string;
  actor?: string | undefined;
  subject?: string | undefined;
}

export interface AuditLog {
  /** Newest first. */
  list(query: AuditQuery): Promise<{ events: AuditEvent[]; nextCursor: string | null }>;
}
