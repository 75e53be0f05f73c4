import { createDynamoUsers } from './adapters/accounts/dynamo-users.ts';
import { createDynamoSessionEnds } from './adapters/accounts/session-ends.ts';
import { createApiGatewayFence } from './adapters/api-gateway/fence.ts';
import { createApiGatewayKeys } from './adapters/api-gateway/keys.ts';
import { createBillingRecords } from './adapters/billing/billing-records.ts';
import { createStripe } from './adapters/billing/stripe.ts';
import { createKeptSecret } from './adapters/kept-secret.ts';
import { createEndWrites } from './adapters/keys/end-writes.ts';
import { createKeyLists } from './adapters/keys/key-lists.ts';
import { createKeyReads } from './adapters/keys/key-records.ts';
import { createPlanChangeWrites } from './adapters/keys/plan-change-writes.ts';
import { openTable } from './adapters/sdk-table.ts';
import { inReservedTime } from './call-time.ts';
import { catalog } from './catalog.ts';
import { billingEnvironment, readEnvironment } from './env.ts';
import { logRebindFailed, logUndoFailed } from './log.ts';

const unreadable = 'This deployment’s secret for Stripe can’t be read. Tell its operator.';

/** The ports of billing: of its routes, and of what other functions ask for. */
export function openBilling() {
  const environment = readEnvironment(billingEnvironment);
  const table = openTable(environment.TABLE_NAME, catalog.audit.keepDays);
  return {
    ends: createDynamoSessionEnds(table, catalog.signUp),
    users: createDynamoUsers(table, catalog.signUp),
    payments: createStripe({
      apiKey: createKeptSecret(environment.STRIPE_API_KEY_SECRET, unreadable),
      webhookSecret: createKeptSecret(environment.STRIPE_WEBHOOK_SECRET, unreadable),
    }),
    billing: createBillingRecords(table),
    records: {
      ...createKeyReads(table),
      ...createKeyLists(table),
      ...createPlanChangeWrites(table),
      ...createEndWrites(table),
    },
    gateway: createApiGatewayKeys(table.name),
    fence: createApiGatewayFence(),
    plans: catalog.plans,
    graceDays: catalog.billing?.graceDays ?? 0,
    clock: Date,
    inReservedTime,
    onUndoFailed: logUndoFailed,
    onRebindFailed: logRebindFailed,
  };
}
