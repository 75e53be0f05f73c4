import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { adminRoutes } from '../../../core/contract/admin/admin-routes.ts';
import { slowRouteSeconds } from '../../../core/contract/route-time.ts';
import type { AdminEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Identity } from '../identity.ts';
import type { Records } from '../table.ts';
import { allowBillingWork, billingWorkEnvironment } from './billing-access.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import { allowMail } from './mail-access.ts';
import { allowAsClient, allowOnPool, poolEnvironment } from './pool-access.ts';

export interface AdminRoutesProps {
  /** Names of the stack's alarms. */
  readonly alarms: readonly string[];
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly identity: Identity;
  readonly records: Records;
}

/** What admins do: one function for all of its routes. It can read no secret, and make no key. */
export class AdminRoutes extends Construct {
  constructor(scope: Construct, id: string, { alarms, catalog, http, identity, records }: AdminRoutesProps) {
    super(scope, id);
    const { table } = records;
    const endpoint = Endpoint.create<AdminEnvironment>(this, {
      handler: 'admin/admin',
      catalog,
      environment: {
        ...poolEnvironment(identity),
        TABLE_NAME: table.tableName,
        ALARM_NAMES: alarms.join(','),
        SEALING_KEY_ID: records.sealingKey.keyId,
        ...billingWorkEnvironment(catalog, Stack.of(this)),
      },
      timeoutSeconds: slowRouteSeconds,
      functionName: `${Stack.of(this).stackName}-admin`,
    });
    records.grant(
      endpoint,
      'GetItem',
      'BatchGetItem',
      'Query',
      'UpdateItem',
      'PutItem',
      'DeleteItem',
      'BatchWriteItem',
    );
    records.grantAllCalls(endpoint);
    allowOnPool(
      endpoint,
      identity,
      'ListUsers',
      'AdminGetUser',
      'AdminListGroupsForUser',
      'AdminCreateUser',
      'AdminSetUserPassword',
      'AdminEnableUser',
      'AdminDeleteUser',
      'AdminSetUserMFAPreference',
      'AdminUserGlobalSignOut',
    );
    const { partition, region, account } = Stack.of(this);
    const alarmArn = (name: string) => `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;
    endpoint.allow(['cloudwatch:DescribeAlarms'], alarms.map(alarmArn));
    allowMail(endpoint, catalog.mail);
    allowBillingWork(endpoint, catalog);
    allowAsClient(endpoint, identity);
    grantGatewayKeys(endpoint, ['delete', 'find']);
    http.addAll(adminRoutes, endpoint, '/v1/admin/');
  }
}
