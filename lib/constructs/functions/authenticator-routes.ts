import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { authenticatorRoutes } from '../../../core/contract/accounts/authenticator.ts';
import type { AccountsAndTableEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Identity } from '../identity.ts';
import type { Records } from '../table.ts';
import { Endpoint } from './endpoint.ts';
import { allowAsClient, allowOnPool, poolEnvironment } from './pool-access.ts';

export interface AuthenticatorRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly identity: Identity;
  readonly records: Records;
}

/** Codes of authenticator apps: one function for all routes. Made only where the settings turn them on. */
export class AuthenticatorRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, identity, records }: AuthenticatorRoutesProps) {
    super(scope, id);
    const endpoint = Endpoint.create<AccountsAndTableEnvironment>(this, {
      handler: 'sessions/authenticator',
      catalog,
      environment: {
        ...poolEnvironment(identity),
        TABLE_NAME: records.table.tableName,
      },
    });
    allowAsClient(endpoint, identity);
    allowOnPool(endpoint, identity, 'AdminGetUser');
    records.grant(endpoint, 'GetItem', 'UpdateItem');
    http.addAll(authenticatorRoutes, endpoint, '/v1/me/authenticator');
  }
}
