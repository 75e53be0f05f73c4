import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { routes } from '../../../core/contract/routes.ts';
import type {
  AccountsAndTableEnvironment,
  AccountsEnvironment,
  TableEnvironment,
  WholeAccountsEnvironment,
} from '../../../lambda/env.ts';
import type { HttpApi } from '../http-api.ts';
import type { Identity } from '../identity.ts';
import type { Records } from '../table.ts';
import { allowBillingWork, billingWorkEnvironment } from './billing-access.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import { allowAsClient, allowOnPool, poolEnvironment } from './pool-access.ts';

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
    const pool = poolEnvironment(identity);
    const table = { TABLE_NAME: records.table.tableName };
    const asClient = (handler: string) => {
      const environment = { ...pool, ...table };
      const endpoint = Endpoint.create<AccountsAndTableEnvironment>(this, { handler, catalog, environment });
      allowAsClient(endpoint, identity);
      return endpoint;
    };
    const asClientOnly = (handler: string) => {
      const endpoint = Endpoint.create<AccountsEnvironment>(this, { handler, catalog, environment: pool });
      allowAsClient(endpoint, identity);
      return endpoint;
    };

    const register = asClient('accounts/register');
    allowOnPool(register, identity, 'AdminGetUser', 'AdminDeleteUser');
    if (catalog.signUp.confirmation === 'off') {
      allowOnPool(register, identity, 'AdminConfirmSignUp', 'AdminUpdateUserAttributes');
    }
    records.grant(register, 'UpdateItem');
    http.add(routes.register, register);
    const confirm = asClient('accounts/confirm-registration');
    records.grant(confirm, 'GetItem', 'DeleteItem');
    http.add(routes.confirmRegistration, confirm);
    const resendCode = asClient('accounts/resend-code');
    records.grant(resendCode, 'UpdateItem');
    http.add(routes.resendCode, resendCode);
    http.add(routes.login, asClientOnly('accounts/login'));
    http.add(routes.refreshLogin, asClientOnly('accounts/refresh-login'));
    const forgotPassword = asClient('accounts/forgot-password');
    records.grant(forgotPassword, 'UpdateItem');
    http.add(routes.forgotPassword, forgotPassword);
    const resetPassword = asClient('accounts/reset-password');
    allowOnPool(resetPassword, identity, 'AdminUserGlobalSignOut', 'AdminGetUser');
    // It may revoke all keys, if the user asks for it.
    records.grant(resetPassword, 'Query', 'GetItem', 'UpdateItem', 'PutItem', 'DeleteItem');
    grantGatewayKeys(resetPassword, ['delete', 'find']);
    http.add(routes.resetPassword, resetPassword);

    const logout = asClient('accounts/logout');
    allowOnPool(logout, identity, 'AdminUserGlobalSignOut');
    records.grant(logout, 'GetItem', 'UpdateItem');
    http.add(routes.logout, logout);

    const me = Endpoint.create<TableEnvironment>(this, {
      handler: 'accounts/me',
      catalog,
      environment: table,
    });
    records.grant(me, 'GetItem', 'BatchGetItem', 'UpdateItem', 'PutItem', 'ConditionCheckItem');
    http.add(routes.getMe, me);
    http.add(routes.updateMe, me);
    http.add(routes.sendFeedback, me);

    const deleteMe = Endpoint.create<WholeAccountsEnvironment>(this, {
      handler: 'accounts/delete-me',
      catalog,
      environment: { ...pool, ...table, ...billingWorkEnvironment(catalog, Stack.of(this)) },
    });
    allowBillingWork(deleteMe, catalog);
    allowOnPool(deleteMe, identity, 'AdminDeleteUser');
    records.grant(
      deleteMe,
      'Query',
      'UpdateItem',
      'DeleteItem',
      'BatchWriteItem',
      'GetItem',
      'BatchGetItem',
      'PutItem',
    );
    grantGatewayKeys(deleteMe, ['delete', 'find']);
    http.add(routes.deleteMe, deleteMe);
  }
}
