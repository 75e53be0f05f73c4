import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { ownSessionRoutes } from '../../../core/contract/accounts/sessions.ts';
import { routes } from '../../../core/contract/routes.ts';
import type { AccountsAndTableEnvironment } from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Identity } from '../identity.ts';
import type { Records } from '../table.ts';
import { Endpoint } from './endpoint.ts';
import { allowAsClient, allowOnPool, poolEnvironment } from './pool-access.ts';

export interface SessionRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly identity: Identity;
  readonly records: Records;
}

/** Sessions of the console, by cookie. */
export class SessionRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, identity, records }: SessionRoutesProps) {
    super(scope, id);
    const pool = poolEnvironment(identity);
    const table = { TABLE_NAME: records.table.tableName };
    const asClient = (endpoint: Endpoint) => {
      allowAsClient(endpoint, identity);
      return endpoint;
    };
    const environment = { ...pool, ...table };
    const add = (handler: string) =>
      Endpoint.create<AccountsAndTableEnvironment>(this, { handler, catalog, environment });
    // One function for all three: a stack holds 500 resources.
    const byCookie = asClient(add('sessions/console-sessions'));
    for (const route of [routes.createSession, routes.refreshSession, routes.endSession])
      http.add(route, byCookie);
    records.grant(byCookie, 'GetItem', 'UpdateItem');

    const own = add('sessions/own-sessions');
    for (const route of Object.values(ownSessionRoutes)) http.add(route, own);
    records.grant(own, 'GetItem', 'UpdateItem', 'Query');
    const changePassword = asClient(add('sessions/change-password'));
    http.add(routes.changePassword, changePassword);
    records.grant(changePassword, 'GetItem', 'UpdateItem');
    for (const endpoint of [own, changePassword]) allowOnPool(endpoint, identity, 'AdminUserGlobalSignOut');
  }
}
