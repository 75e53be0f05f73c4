import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { providerKeyRoutes } from '../../../core/contract/provider-keys.ts';
import type { SealingEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Records } from '../table.ts';
import { Endpoint } from './endpoint.ts';
import { sealedForProviders } from './sealing-access.ts';

export interface ProviderKeyRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly records: Records;
}

/** Callers' own keys for providers: one function for all of their routes. It can seal keys, and open none. */
export class ProviderKeyRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, records }: ProviderKeyRoutesProps) {
    super(scope, id);
    const { table, sealingKey } = records;
    const endpoint = Endpoint.create<SealingEnvironment>(this, {
      handler: 'provider-keys/provider-keys',
      catalog,
      environment: { TABLE_NAME: table.tableName, SEALING_KEY_ID: sealingKey.keyId },
    });
    records.grant(endpoint, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem');
    endpoint.allow(['kms:Encrypt'], [sealingKey.keyArn], sealedForProviders);
    http.addAll(providerKeyRoutes, endpoint, '/v1/provider-keys');
  }
}
