import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { passkeyRoutes } from '../../../core/contract/accounts/passkeys.ts';
import type { AccountsAndTableEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Identity } from '../identity.ts';
import type { Records } from '../table.ts';
import { Endpoint } from './endpoint.ts';
import { allowMail } from './mail-access.ts';
import { allowAsClient, allowOnPool, poolEnvironment } from './pool-access.ts';

export interface PasskeyRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly identity: Identity;
  readonly records: Records;
}

/** Passkeys: one function for all routes. Made only where the settings turn them on. */
export class PasskeyRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, identity, records }: PasskeyRoutesProps) {
    super(scope, id);
    const endpoint = Endpoint.create<AccountsAndTableEnvironment>(this, {
      handler: 'sessions/passkeys',
      catalog,
      environment: {
        ...poolEnvironment(identity),
        TABLE_NAME: records.table.tableName,
      },
    });
    allowAsClient(endpoint, identity);
    allowOnPool(endpoint, identity, 'GetUserPoolMfaConfig');
    allowMail(endpoint, catalog.mail);
    // The second for the audit trail.
    records.grant(endpoint, 'GetItem', 'PutItem', 'UpdateItem');
    http.addAll(passkeyRoutes, endpoint, '/v1/session/passkey');
  }
}
