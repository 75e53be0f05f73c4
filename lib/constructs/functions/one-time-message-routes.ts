import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { oneTimeMessageRoutes } from '../../../core/contract/one-time-messages.ts';
import type { SealingEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Records } from '../table.ts';
import { Endpoint } from './endpoint.ts';
import { sealedForMessages } from './sealing-access.ts';

export interface OneTimeMessageRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly records: Records;
}

/** One-time messages: one function for all of their routes. */
export class OneTimeMessageRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, records }: OneTimeMessageRoutesProps) {
    super(scope, id);
    const { table, sealingKey } = records;
    const endpoint = Endpoint.create<SealingEnvironment>(this, {
      handler: 'one-time-messages/one-time-messages',
      catalog,
      environment: { TABLE_NAME: table.tableName, SEALING_KEY_ID: sealingKey.keyId },
    });
    records.grant(endpoint, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
    endpoint.allow(['kms:GenerateDataKey', 'kms:Decrypt'], [...records.sealingKeyArns], sealedForMessages);
    http.addAll(oneTimeMessageRoutes, endpoint, '/v1/secrets');
  }
}
