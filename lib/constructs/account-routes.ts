import { Construct } from 'constructs';
import type { Catalog } from '../../core/catalog.ts';
import type { AccountsAndTableEnvironment, AccountsEnvironment, TableEnvironment } from '../../lambda/env.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import type { HttpApi } from './http-api.ts';
import type { Identity } from './identity.ts';
import { allowOnPool } from './pool-access.ts';
import type { Records } from './records.ts';

export interface AccountRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly identity: Identity;
  readonly records: Records;
}

/** Sign-up, login and the user's own account. */
export class AccountRoutes extends Construct {
  constructor(scope: Construct, id: string, { catalog, http, identity, records }: AccountRoutesProps) {
    super(scope, id);
    const pool = {
      USER_POOL_ID: identity.userPool.userPoolId,
      USER_POOL_CLIENT_ID: identity.client.userPoolClientId,
    };
    const table = { TABLE_NAME: records.table.tableName };
    // SignUp, InitiateAuth and the like are open to whoever knows the client's id; no role can grant them.
    const open = (handler: string) =>
      Endpoint.create<AccountsEnvironment>(this, { handler, catalog, environment: pool });

    const withTable = (handler: string) =>
      Endpoint.create<AccountsAndTableEnvironment>(this, {
        handler,
        catalog,
        environment: { ...pool, ...table },
      });

    const register = withTable('register');
    allowOnPool(register, identity.userPool, 'AdminGetUser');
    allowOnPool(register, identity.userPool, 'AdminDeleteUser');
    if (catalog.signUp.confirmation === 'off') {
      allowOnPool(register, identity.userPool, 'AdminConfirmSignUp');
      allowOnPool(register, identity.userPool, 'AdminUpdateUserAttributes');
    }
    records.table.grant(register, 'dynamodb:UpdateItem');
    http.addPublic('POST /v1/register', register);
    http.addPublic('POST /v1/register/confirm', open('confirm-registration'));
    http.addPublic('POST /v1/register/resend', open('resend-code'));
    http.addPublic('POST /v1/login', open('login'));
    http.addPublic('POST /v1/login/refresh', open('refresh-login'));
    http.addPublic('POST /v1/password/forgot', open('forgot-password'));
    const resetPassword = withTable('reset-password');
    allowOnPool(resetPassword, identity.userPool, 'AdminUserGlobalSignOut');
    allowOnPool(resetPassword, identity.userPool, 'AdminGetUser');
    records.table.grant(resetPassword, 'dynamodb:UpdateItem');
    http.addPublic('POST /v1/password/reset', resetPassword);

    const logout = withTable('logout');
    allowOnPool(logout, identity.userPool, 'AdminUserGlobalSignOut');
    records.table.grant(logout, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    http.addForUsers('POST /v1/logout', logout);

    const getMe = Endpoint.create<TableEnvironment>(this, { handler: 'get-me', catalog, environment: table });
    records.table.grant(getMe, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    http.addForUsers('GET /v1/me', getMe);

    const deleteMe = withTable('delete-me');
    allowOnPool(deleteMe, identity.userPool, 'AdminDeleteUser');
    records.table.grant(
      deleteMe,
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
    );
    grantGatewayKeys(deleteMe, ['delete', 'find']);
    http.addForUsers('DELETE /v1/me', deleteMe);
  }
}
