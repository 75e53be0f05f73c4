import type { DirectoryUser } from '../core/admin/ports.ts';
import { personOf } from '../core/keys/places.ts';
import type { UserLimits } from '../core/keys/ports.ts';
import { userLimits } from '../core/metering/user-limits.ts';
import { adminGroup } from '../core/plans.ts';
import { createAdminUsers } from './adapters/accounts/admin-users.ts';
import { createDynamoUsers } from './adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from './adapters/accounts/session-ends.ts';
import { createDynamoStandings } from './adapters/accounts/standings.ts';
import { createUserLimitWrites } from './adapters/accounts/user-limit-writes.ts';
import { createAlarms } from './adapters/alarms.ts';
import { createApiGatewayKeys } from './adapters/api-gateway/keys.ts';
import { createAuditLog } from './adapters/audit/audit-log.ts';
import { recordEvent } from './adapters/audit/audit-writes.ts';
import { createBillingWork } from './adapters/billing/billing-work.ts';
import { createAllCalls } from './adapters/call-log/all-calls.ts';
import { createDynamoCallLog } from './adapters/call-log/call-log.ts';
import { createAdminDirectory } from './adapters/cognito/manage-users.ts';
import { createCognitoDirectory } from './adapters/cognito/sign-up-and-log-in.ts';
import { createAllKeys } from './adapters/keys/all-keys.ts';
import { createCreationWrites } from './adapters/keys/creation-writes.ts';
import { createEndWrites } from './adapters/keys/end-writes.ts';
import { createKeyLists } from './adapters/keys/key-lists.ts';
import { createDynamoKeyNames } from './adapters/keys/key-names.ts';
import { createKeyReads } from './adapters/keys/key-records.ts';
import { createLastPass } from './adapters/last-pass.ts';
import { createDynamoKeyMeters } from './adapters/meter/key-meters.ts';
import { createCeilings } from './adapters/meter/spend/ceilings.ts';
import { createDynamoUsage } from './adapters/meter/usage.ts';
import { readUserStandings } from './adapters/meter/user-limits.ts';
import { createPauses } from './adapters/pauses.ts';
import { openTable } from './adapters/sdk-table.ts';
import { catalog } from './catalog.ts';
import { adminEnvironment, readEnvironment } from './env.ts';
import { logAlarmsNotRead, logUndoFailed } from './log.ts';
import { openTeller } from './teller.ts';

/** The ports of the admin routes. */
export function openAdmin() {
  const environment = readEnvironment(adminEnvironment);
  const table = openTable(environment.TABLE_NAME, catalog.audit.keepDays);
  const users = createAdminUsers(table, catalog.signUp);
  return {
    ends: createDynamoSessionEnds(table, catalog.signUp),
    directory: { ...createAdminDirectory(environment.USER_POOL_ID), ...createCognitoDirectory(environment) },
    users: { ...createDynamoUsers(table, catalog.signUp), ...users },
    /** Where no new user waits, none is approved. */
    approve: async (user: DirectoryUser) =>
      catalog.signUp.approval === 'admin' && users.change(user, { approved: true }),
    signUp: catalog.signUp,
    sendsMails: catalog.mail !== undefined,
    allCalls: createAllCalls(table),
    calls: createDynamoCallLog(table),
    names: createDynamoKeyNames(table),
    keepDays: catalog.requests.keepDays,
    holds: createDynamoStandings(table),
    userLimits: createUserLimitWrites(table),
    standingsOf: ({ email, limits }: { email: string; limits?: UserLimits | undefined }) => {
      const shared = userLimits(catalog.limits.perUser, limits);
      return readUserStandings(table, shared, personOf(email), Date.now());
    },
    allKeys: createAllKeys(table),
    records: {
      ...createKeyReads(table),
      ...createKeyLists(table),
      ...createCreationWrites(table),
      ...createEndWrites(table),
    },
    meters: createDynamoKeyMeters(table),
    usage: createDynamoUsage(table),
    audit: createAuditLog(table),
    ceilings: createCeilings(table, catalog.limits),
    lastPass: createLastPass(table),
    pauses: createPauses(table),
    alarms: createAlarms(environment.ALARM_NAMES.split(','), logAlarmsNotRead),
    record: (what: Parameters<typeof recordEvent>[1]) => recordEvent(table, what),
    tell: openTeller(),
    userPoolId: environment.USER_POOL_ID,
    /** What operators' commands work on, with the operator's own rights. */
    deployment: {
      tableName: table.name,
      userPoolId: environment.USER_POOL_ID,
      userPoolClientId: environment.USER_POOL_CLIENT_ID,
      sealingKeyId: environment.SEALING_KEY_ID,
      adminGroup,
      plans: catalog.plans.map(({ name, usagePlanName }) => ({ name, usagePlanName })),
    },
    gateway: createApiGatewayKeys(table.name),
    billingWork: createBillingWork(environment.BILLING_FUNCTION_NAME),
    plans: catalog.plans,
    clock: Date,
    onUndoFailed: logUndoFailed,
  };
}
