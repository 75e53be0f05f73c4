import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { BillingSettings, Catalog } from '../../../core/catalog.ts';
import { billingRoutes } from '../../../core/contract/billing.ts';
import { slowRouteSeconds } from '../../../core/contract/route-time.ts';
import type { BillingEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Records } from '../table.ts';
import { billingFunctionName } from './billing-access.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import { arnOfSecret } from './secret-arns.ts';

export interface BillingRoutesProps {
  readonly billing: BillingSettings;
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly records: Records;
}

/** What is paid for by Stripe: one function for all of its routes. It alone can read Stripe's secrets. */
export class BillingRoutes extends Construct {
  constructor(scope: Construct, id: string, { billing, catalog, http, records }: BillingRoutesProps) {
    super(scope, id);
    const { table } = records;
    const stack = Stack.of(this);
    const endpoint = Endpoint.create<BillingEnvironment>(this, {
      handler: 'billing/billing',
      catalog,
      environment: {
        TABLE_NAME: table.tableName,
        STRIPE_API_KEY_SECRET: billing.apiKeySecret,
        STRIPE_WEBHOOK_SECRET: billing.webhookSecret,
      },
      timeoutSeconds: slowRouteSeconds,
      functionName: billingFunctionName(stack),
    });
    records.grant(
      endpoint,
      'GetItem',
      'BatchGetItem',
      'Query',
      'UpdateItem',
      'PutItem',
      'DeleteItem',
      'ConditionCheckItem',
    );
    grantGatewayKeys(endpoint, ['find', 'bind', 'unbind', 'delete', 'lift-fence']);
    const secrets = [billing.apiKeySecret, billing.webhookSecret].map((id) => arnOfSecret(id, stack));
    endpoint.allow(['secretsmanager:GetSecretValue'], [...new Set(secrets)]);
    http.addAll(billingRoutes, endpoint, '/v1/billing/');
  }
}
