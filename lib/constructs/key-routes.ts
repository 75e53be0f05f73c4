import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Catalog } from '../../core/catalog.ts';
import { routes } from '../../core/contract/routes.ts';
import type { BaseEnvironment, SealingEnvironment, TableEnvironment } from '../../lambda/env.ts';
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
  constructor(
    scope: Construct,
    id: string,
    { catalog, http, records: { table, sealingKey } }: KeyRoutesProps,
  ) {
    super(scope, id);
    const withTable = (handler: string, timeout?: Duration) =>
      Endpoint.create<TableEnvironment>(this, {
        handler,
        catalog,
        environment: { TABLE_NAME: table.tableName },
        ...(timeout && { timeout }),
      });

    const sealing = (handler: string) => {
      const endpoint = Endpoint.create<SealingEnvironment>(this, {
        handler,
        catalog,
        environment: { TABLE_NAME: table.tableName, SEALING_KEY_ID: sealingKey.keyId },
        // Waits out API Gateway's throttling of CreateApiKey, and undoes what it did: longer than others.
        timeout: Duration.seconds(28),
      });
      table.grant(endpoint, 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem');
      endpoint.allow(['kms:Encrypt', 'kms:Decrypt'], [sealingKey.keyArn]);
      return endpoint;
    };

    http.add(
      routes.listPlans,
      Endpoint.create<BaseEnvironment>(this, { handler: 'list-plans', catalog, environment: {} }),
    );

    const create = sealing('create-api-key');
    table.grant(
      create,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:ConditionCheckItem',
    );
    grantGatewayKeys(create, ['create', 'find', 'bind', 'delete']);
    http.add(routes.createApiKey, create);

    const rotate = sealing('rotate-api-key');
    table.grant(rotate, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
    grantGatewayKeys(rotate, ['create', 'find', 'bind', 'delete']);
    http.add(routes.rotateApiKey, rotate);

    const list = withTable('list-api-keys');
    table.grant(list, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem');
    http.add(routes.listApiKeys, list);

    const get = withTable('get-api-key');
    table.grant(get, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
    http.add(routes.getApiKey, get);

    const update = withTable('update-api-key', Duration.seconds(28));
    table.grant(
      update,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
    );
    grantGatewayKeys(update, ['bind', 'unbind', 'lift-fence']);
    http.add(routes.updateApiKey, update);

    const revoke = withTable('revoke-api-key', Duration.seconds(28));
    table.grant(revoke, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem');
    grantGatewayKeys(revoke, ['delete', 'find']);
    http.add(routes.revokeApiKey, revoke);

    const current = withTable('get-current-key');
    table.grant(current, 'dynamodb:GetItem', 'dynamodb:BatchGetItem');
    http.add(routes.getCurrentKey, current);

    const usage = withTable('get-usage');
    table.grant(usage, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem');
    http.add(routes.getUsage, usage);
  }
}
