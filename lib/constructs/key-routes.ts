import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Catalog } from '../../core/catalog.ts';
import type { BaseEnvironment, TableEnvironment } from '../../lambda/env.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import type { HttpApi } from './http-api.ts';
import type { Records } from './records.ts';

export interface KeyRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly records: Records;
}

/** Plans, keys and what was used of them. */
export class KeyRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, records: { table } }: KeyRoutesProps) {
    super(scope, id);
    const withTable = (handler: string, timeout?: Duration) =>
      Endpoint.create<TableEnvironment>(this, {
        handler,
        catalog,
        environment: { TABLE_NAME: table.tableName },
        ...(timeout && { timeout }),
      });

    http.addPublic(
      'GET /v1/plans',
      Endpoint.create<BaseEnvironment>(this, { handler: 'list-plans', catalog, environment: {} }),
    );

    // Waits out API Gateway's throttling of CreateApiKey, and undoes what it did: longer than others.
    const create = withTable('create-api-key', Duration.seconds(28));
    table.grant(create, 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem');
    grantGatewayKeys(create, ['create', 'find', 'bind', 'delete']);
    http.addForUsers('POST /v1/api-keys', create);

    const list = withTable('list-api-keys');
    table.grant(list, 'dynamodb:Query', 'dynamodb:BatchGetItem');
    http.addForUsers('GET /v1/api-keys', list);

    const get = withTable('get-api-key');
    table.grant(get, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
    http.addForUsers('GET /v1/api-keys/{id}', get);

    const revoke = withTable('revoke-api-key', Duration.seconds(28));
    table.grant(revoke, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
    grantGatewayKeys(revoke, ['delete']);
    http.addForUsers('DELETE /v1/api-keys/{id}', revoke);

    const current = withTable('get-current-key');
    table.grant(current, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
    http.addPublic('GET /v1/api-key', current);

    const usage = withTable('get-usage');
    table.grant(usage, 'dynamodb:Query');
    http.addForUsers('GET /v1/usage', usage);
  }
}
