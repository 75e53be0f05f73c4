import { randomUUID } from 'node:crypto';
import type { UserLimits } from '../core/keys/ports.ts';
import { createDueFeedback } from './adapters/accounts/due-feedback.ts';
import { createDynamoUsers } from './adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from './adapters/accounts/session-ends.ts';
import { createSessionRecords } from './adapters/accounts/session-records.ts';
import { createSessionUses } from './adapters/accounts/session-uses.ts';
import { createDynamoCodeCounts, createDynamoSignUps } from './adapters/accounts/sign-ups.ts';
import { changeSpendWarnings } from './adapters/accounts/spend-warnings.ts';
import { createApiGatewayKeys } from './adapters/api-gateway/keys.ts';
import { recordEvent } from './adapters/audit/audit-writes.ts';
import { createBillingWork } from './adapters/billing/billing-work.ts';
import { createAuthenticators } from './adapters/cognito/authenticators.ts';
import { createLinkPorts } from './adapters/cognito/link-identity.ts';
import { createPasskeys } from './adapters/cognito/passkeys.ts';
import { createProviderSessions } from './adapters/cognito/provider-tokens.ts';
import { createCognitoDirectory } from './adapters/cognito/sign-up-and-log-in.ts';
import { openHotTable } from './adapters/hot-table.ts';
import { createCreationWrites } from './adapters/keys/creation-writes.ts';
import { createEndWrites } from './adapters/keys/end-writes.ts';
import { createKeyLists } from './adapters/keys/key-lists.ts';
import { createKeyReads } from './adapters/keys/key-records.ts';
import { readUserStandings } from './adapters/meter/user-limits.ts';
import { openTable } from './adapters/sdk-table.ts';
import type { HotTable } from './adapters/table.ts';
import { catalog } from './catalog.ts';
import {
  accountsAndTableEnvironment,
  accountsEnvironment,
  providerLoginEnvironment,
  readEnvironment,
  tableEnvironment,
  wholeAccountsEnvironment,
} from './env.ts';
import { logSessionNotRecorded, logUndoFailed } from './log.ts';
import { openTeller } from './teller.ts';

/** The ports of account routes. A function opens, and so bundles, only what it needs. */

export function openDirectory() {
  return createCognitoDirectory(readEnvironment(accountsEnvironment));
}

/** To issue, renew and end sessions as cookies. */
export function openSessions() {
  const environment = readEnvironment(accountsAndTableEnvironment);
  return {
    directory: createCognitoDirectory(environment),
    ...openSessionUses(openHotTable(environment.TABLE_NAME)),
  };
}

/** To list sessions, and to end them without their cookies. */
export function openOwnSessions() {
  const environment = readEnvironment(accountsAndTableEnvironment);
  const table = openTable(environment.TABLE_NAME);
  return {
    directory: createCognitoDirectory(environment),
    ends: createDynamoSessionEnds(table, catalog.signUp),
    records: createSessionRecords(table),
    clock: Date,
  };
}

function openSessionUses(table: HotTable) {
  return {
    records: createSessionUses(table),
    clock: Date,
    onFailed: logSessionNotRecorded,
  };
}

/** To link logins with a provider to accounts, for Cognito's trigger: it names its pool. */
export const openLinks = (userPoolId: string) => createLinkPorts(userPoolId);

/** To log in with a provider. */
export function openProviderSessions() {
  const environment = readEnvironment(providerLoginEnvironment);
  return {
    ...createProviderSessions(environment),
    ...openSessionUses(openHotTable(environment.TABLE_NAME)),
    loginUrl: environment.LOGIN_URL,
  };
}

/** For authenticator apps. */
export function openAuthenticators() {
  const environment = readEnvironment(accountsAndTableEnvironment);
  const table = openTable(environment.TABLE_NAME);
  return {
    authenticators: createAuthenticators(environment),
    directory: createCognitoDirectory(environment),
    ends: createDynamoSessionEnds(table),
    ...openSessionUses(table),
  };
}

/** For passkeys. */
export function openPasskeys() {
  const environment = readEnvironment(accountsAndTableEnvironment);
  const table = openTable(environment.TABLE_NAME, catalog.audit.keepDays);
  return {
    passkeys: createPasskeys(environment),
    ends: createDynamoSessionEnds(table, catalog.signUp),
    record: (what: Parameters<typeof recordEvent>[1]) => recordEvent(table, what),
    tell: openTeller(),
    ...openSessionUses(table),
  };
}

/** To end all sessions of a user and issue a new one. */
export function openNewSessions() {
  const environment = readEnvironment(accountsAndTableEnvironment);
  return {
    ...openAccounts(environment),
    ...openSessionUses(openHotTable(environment.TABLE_NAME)),
  };
}

/** To register, log in and out, and change passwords. */
export function openAccounts(environment = readEnvironment(accountsAndTableEnvironment)) {
  const table = openTable(environment.TABLE_NAME);
  return {
    directory: createCognitoDirectory(environment),
    ends: createDynamoSessionEnds(table, catalog.signUp),
    signUps: createDynamoSignUps(table),
    codes: createDynamoCodeCounts(table),
    clock: Date,
  };
}

/** To end everything that belongs to an account, too. */
export function openWholeAccounts() {
  const environment = readEnvironment(wholeAccountsEnvironment);
  const table = openTable(environment.TABLE_NAME, catalog.audit.keepDays);
  return {
    directory: createCognitoDirectory(environment),
    ends: createDynamoSessionEnds(table, catalog.signUp),
    users: createDynamoUsers(table, catalog.signUp),
    records: {
      ...createKeyReads(table),
      ...createKeyLists(table),
      ...createCreationWrites(table),
      ...createEndWrites(table),
    },
    gateway: createApiGatewayKeys(table.name),
    billingWork: createBillingWork(environment.BILLING_FUNCTION_NAME),
    clock: Date,
    onUndoFailed: logUndoFailed,
  };
}

/** To read a user's record, and what is left of their limits, and to change what they are mailed. */
export function openUsers() {
  const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME, catalog.audit.keepDays);
  return {
    ends: createDynamoSessionEnds(table, catalog.signUp),
    users: createDynamoUsers(table, catalog.signUp),
    feedback: createDueFeedback(table),
    feedbackTo: catalog.mail?.feedbackTo,
    clock: Date,
    newId: randomUUID,
    changeSpendWarnings: (userId: string, wanted: boolean) => changeSpendWarnings(table, userId, wanted),
    standingsOf: (limits: UserLimits, person: string, now: number) =>
      readUserStandings(table, limits, person, now),
  };
}
