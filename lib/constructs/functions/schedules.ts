import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { passMinutes } from '../../../core/contract/admin/reconciler-times.ts';
import type { WholeAccountsEnvironment } from '../../../lambda/env.ts';
import type { Identity } from '../identity.ts';
import type { Records } from '../table.ts';
import { allowBillingWork, billingWorkEnvironment } from './billing-access.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import { allowMail } from './mail-access.ts';
import { allowOnPool } from './pool-access.ts';

export interface SchedulesProps {
  readonly catalog: Catalog;
  readonly identity: Identity;
  readonly records: Records;
}

/** What runs on a schedule: the reconciler, every five minutes. */
export class Schedules extends Construct {
  readonly reconciler: Endpoint;

  constructor(scope: Construct, id: string, { catalog, identity, records }: SchedulesProps) {
    super(scope, id);
    const { table } = records;
    this.reconciler = Endpoint.create<WholeAccountsEnvironment>(this, {
      handler: 'schedules/reconcile',
      catalog,
      environment: {
        TABLE_NAME: table.tableName,
        USER_POOL_ID: identity.userPool.userPoolId,
        USER_POOL_CLIENT_ID: identity.client.userPoolClientId,
        ...billingWorkEnvironment(catalog, Stack.of(this)),
      },
      timeoutSeconds: 240,
      functionName: `${Stack.of(this).stackName}-reconcile`,
    });
    records.grant(
      this.reconciler,
      'GetItem',
      'BatchGetItem',
      'Query',
      'UpdateItem',
      'PutItem',
      'DeleteItem',
      'BatchWriteItem',
      'ConditionCheckItem',
    );
    allowBillingWork(this.reconciler, catalog);
    allowOnPool(this.reconciler, identity, 'AdminDeleteUser', 'AdminGetUser', 'ListUsers');
    allowMail(this.reconciler, catalog.mail);
    grantGatewayKeys(this.reconciler, ['find', 'list-bound', 'bind', 'unbind', 'delete']);
    const rule = new Rule(this, 'EveryFiveMinutes', {
      schedule: Schedule.rate(Duration.minutes(passMinutes)),
      targets: [new LambdaFunction(this.reconciler.handler, { retryAttempts: 0 })],
    });
    Validations.of(rule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'A pass that did not start is made up for by the next, five minutes later; failures raise an alarm.',
    });
  }
}
