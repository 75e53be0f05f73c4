import type { ReconcilePorts } from '../core/reconcile/ports.ts';
import { createDueFeedback } from './adapters/accounts/due-feedback.ts';
import { createDueNotices } from './adapters/accounts/due-notices.ts';
import { createDynamoUsers } from './adapters/accounts/dynamo-users.ts';
import { addressForWarnings } from './adapters/accounts/spend-warnings.ts';
import { createDynamoStandings } from './adapters/accounts/standings.ts';
import { createUserLimitWrites } from './adapters/accounts/user-limit-writes.ts';
import { createApiGatewayInventory } from './adapters/api-gateway/inventory.ts';
import { createApiGatewayKeys } from './adapters/api-gateway/keys.ts';
import { createBillingWork } from './adapters/billing/billing-work.ts';
import { createCognitoDirectory } from './adapters/cognito/sign-up-and-log-in.ts';
import { createUserInventory } from './adapters/cognito/user-inventory.ts';
import { createDynamoIntents } from './adapters/keys/dynamo-intents.ts';
import { createDynamoKeys } from './adapters/keys/dynamo-keys.ts';
import { createDynamoLiveKeys } from './adapters/keys/key-lists.ts';
import { createLastPass } from './adapters/last-pass.ts';
import { createDynamoKeyMeters } from './adapters/meter/key-meters.ts';
import { createDueWarnings } from './adapters/meter/spend/due-warnings.ts';
import { createPassesUnderWay, createPauses } from './adapters/pauses.ts';
import { openTable } from './adapters/sdk-table.ts';
import { createSesMailer } from './adapters/ses/mailer.ts';
import type { Table } from './adapters/table.ts';
import { within } from './call-time.ts';
import { catalog } from './catalog.ts';
import { readEnvironment, wholeAccountsEnvironment } from './env.ts';
import { logMailNotSent, logReconcileFailed } from './log.ts';
import { logPass, logReconcileParked, logReconcilePaused } from './metrics.ts';

/** The reconciler's ports, except the time left for a pass. */
export function openReconciler() {
  const environment = readEnvironment(wholeAccountsEnvironment);
  const table = openTable(environment.TABLE_NAME, catalog.audit.keepDays);
  return {
    intents: createDynamoIntents(table),
    live: createDynamoLiveKeys(table),
    inventory: createApiGatewayInventory(table.name),
    records: createDynamoKeys(table),
    meters: createDynamoKeyMeters(table),
    users: createDynamoUsers(table, catalog.signUp),
    gateway: createApiGatewayKeys(table.name),
    directory: createCognitoDirectory(environment),
    userInventory: createUserInventory(environment.USER_POOL_ID),
    standings: createDynamoStandings(table),
    lastPass: createLastPass(table),
    pauses: createPauses(table),
    underWay: createPassesUnderWay(table),
    userLimits: createUserLimitWrites(table),
    billingWork: createBillingWork(environment.BILLING_FUNCTION_NAME),
    warnings: openWarningMails(table),
    notices: catalog.mail && {
      due: createDueNotices(table),
      mailer: createSesMailer(catalog.mail),
      onNotSent: logMailNotSent,
    },
    feedback: openFeedbackMails(table),
    mailer: catalog.mail && createSesMailer(catalog.mail),
    accounts: catalog.accounts,
    plans: catalog.plans,
    clock: Date,
    onFailure: logReconcileFailed,
    onParked: logReconcileParked,
    onPaused: logReconcilePaused,
    onPass: logPass,
    within,
  };
}

function openFeedbackMails(table: Table): ReconcilePorts['feedback'] {
  const { mail } = catalog;
  if (mail?.feedbackTo === undefined) return undefined;
  return {
    due: createDueFeedback(table),
    to: mail.feedbackTo,
    mailer: createSesMailer(mail),
    onNotSent: logMailNotSent,
  };
}

function openWarningMails(table: Table): ReconcilePorts['warnings'] {
  const { mail, limits } = catalog;
  if (mail === undefined) return undefined;
  return {
    due: createDueWarnings(table, limits),
    mailer: createSesMailer(mail),
    addressOf: (userId) => addressForWarnings(table, userId),
    operator: mail.ceilingWarningsTo,
    onNotSent: logMailNotSent,
  };
}
