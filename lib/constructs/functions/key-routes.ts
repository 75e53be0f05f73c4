import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes } from '../../../core/contract/routes.ts';
import type { BaseEnvironment, SealingEnvironment, TableEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Records } from '../table.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import { sealedForAnswers, sealedForProviders } from './sealing-access.ts';

export interface KeyRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly records: Records;
}

/** Plans, keys, and what was used and called with them. */
export class KeyRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, records }: KeyRoutesProps) {
    super(scope, id);
    const { table, sealingKey } = records;
    const withTable = (handler: string, { timeoutSeconds }: RouteContract) =>
      Endpoint.create<TableEnvironment>(this, {
        handler,
        catalog,
        environment: { TABLE_NAME: table.tableName },
        timeoutSeconds,
      });

    const sealing = (handler: string, { timeoutSeconds }: RouteContract) => {
      const endpoint = Endpoint.create<SealingEnvironment>(this, {
        handler,
        catalog,
        environment: { TABLE_NAME: table.tableName, SEALING_KEY_ID: sealingKey.keyId },
        timeoutSeconds,
      });
      records.grant(endpoint, 'UpdateItem', 'PutItem', 'DeleteItem');
      endpoint.allow(['kms:Encrypt', 'kms:Decrypt'], [...records.sealingKeyArns], sealedForAnswers);
      return endpoint;
    };

    http.add(
      routes.listPlans,
      Endpoint.create<BaseEnvironment>(this, { handler: 'keys/list-plans', catalog, environment: {} }),
    );

    const create = sealing('keys/create-api-key', routes.createApiKey);
    records.grant(create, 'GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem');
    create.allow(['kms:Encrypt'], [sealingKey.keyArn], sealedForProviders);
    grantGatewayKeys(create, ['create', 'find', 'bind', 'delete']);
    http.add(routes.createApiKey, create);

    const rotate = sealing('keys/rotate-api-key', routes.rotateApiKey);
    records.grant(rotate, 'GetItem', 'BatchGetItem');
    grantGatewayKeys(rotate, ['create', 'find', 'bind', 'delete']);
    http.add(routes.rotateApiKey, rotate);

    const list = withTable('keys/list-api-keys', routes.listApiKeys);
    records.grant(list, 'GetItem', 'Query', 'BatchGetItem');
    http.add(routes.listApiKeys, list);

    const get = withTable('keys/get-api-key', routes.getApiKey);
    records.grant(get, 'GetItem', 'BatchGetItem');
    http.add(routes.getApiKey, get);

    const update = Endpoint.create<SealingEnvironment>(this, {
      handler: 'keys/update-api-key',
      catalog,
      environment: { TABLE_NAME: table.tableName, SEALING_KEY_ID: sealingKey.keyId },
      timeoutSeconds: routes.updateApiKey.timeoutSeconds,
    });
    update.allow(['kms:Encrypt'], [sealingKey.keyArn], sealedForProviders);
    records.grant(
      update,
      'ConditionCheckItem',
      'GetItem',
      'BatchGetItem',
      'Query',
      'UpdateItem',
      'PutItem',
      'DeleteItem',
    );
    grantGatewayKeys(update, ['bind', 'unbind', 'lift-fence']);
    http.add(routes.updateApiKey, update);

    const revoke = withTable('keys/revoke-api-key', routes.revokeApiKey);
    // It deletes the provider keys of the key, too.
    records.grant(revoke, 'GetItem', 'Query', 'UpdateItem', 'PutItem', 'DeleteItem');
    grantGatewayKeys(revoke, ['delete', 'find']);
    http.add(routes.revokeApiKey, revoke);

    const current = withTable('keys/get-current-key', routes.getCurrentKey);
    records.grant(current, 'GetItem', 'BatchGetItem');
    http.add(routes.getCurrentKey, current);

    const usage = withTable('keys/usage', routes.getUsage);
    records.grant(usage, 'GetItem', 'Query', 'BatchGetItem');
    http.add(routes.getUsage, usage);
    http.add(routes.listRequests, usage);
  }
}
