import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { routes } from '../../../core/contract/routes.ts';
import type {
  AccountsAndTableEnvironment,
  AccountsEnvironment,
  SessionAndTableEnvironment,
  SessionEnvironment,
} from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import { type Identity, sessionLife } from '../identity.ts';
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
    const life = { SESSION_SECONDS: String(sessionLife.toSeconds()) };
    const asClient = (endpoint: Endpoint) => {
      allowAsClient(endpoint, identity);
      return endpoint;
    };
    const withCookie = (handler: string) =>
      asClient(
        Endpoint.create<SessionEnvironment>(this, { handler, catalog, environment: { ...pool, ...life } }),
      );
    http.add(routes.createSession, withCookie('sessions/create-session'));
    http.add(routes.refreshSession, withCookie('sessions/refresh-session'));
    http.add(
      routes.endSession,
      asClient(
        Endpoint.create<AccountsEnvironment>(this, {
          handler: 'sessions/end-session',
          catalog,
          environment: pool,
        }),
      ),
    );

    const endAll = Endpoint.create<AccountsAndTableEnvironment>(this, {
      handler: 'sessions/end-all-sessions',
      catalog,
      environment: { ...pool, ...table },
    });
    http.add(routes.endAllSessions, endAll);
    const changePassword = Endpoint.create<SessionAndTableEnvironment>(this, {
      handler: 'sessions/change-password',
      catalog,
      environment: { ...pool, ...table, ...life },
    });
    asClient(changePassword);
    http.add(routes.changePassword, changePassword);
    for (const endpoint of [endAll, changePassword]) {
      allowOnPool(endpoint, identity, 'AdminUserGlobalSignOut');
      records.grant(endpoint, 'GetItem', 'UpdateItem');
    }
  }
}
