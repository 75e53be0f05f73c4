import type { RequestBody } from '../request-fields.ts';
import type { CognitoState } from '../shared-state.ts';
import { adminConfirmSignUp } from './admin/admin-confirm-sign-up.ts';
import { adminCreateUser } from './admin/admin-create-user.ts';
import { adminDeleteUser } from './admin/admin-delete-user.ts';
import {
  adminDisableUser,
  adminEnableUser,
  adminUserGlobalSignOut,
} from './admin/admin-enable-disable-user.ts';
import { adminLinkProviderForUser } from './admin/admin-link-provider.ts';
import { adminResetUserPassword, adminSetUserPassword } from './admin/admin-passwords.ts';
import { adminUpdateUserAttributes } from './admin/admin-update-user-attributes.ts';
import { adminGetUser, listUsers } from './admin/read-users.ts';
import { getTokensFromRefreshToken } from './auth/get-tokens-from-refresh-token.ts';
import { initiateAuth } from './auth/initiate-auth.ts';
import { respondToAuthChallenge } from './auth/respond-to-auth-challenge.ts';
import { revokeToken } from './auth/revoke-token.ts';
import {
  addUserPoolClientSecret,
  deleteUserPoolClientSecret,
  listUserPoolClientSecrets,
} from './client-secrets.ts';
import { createGroup, deleteGroup } from './groups/change-groups.ts';
import {
  adminAddUserToGroup,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  listUsersInGroup,
} from './groups/group-members.ts';
import { getGroup, listGroups } from './groups/read-groups.ts';
import {
  adminSetUserMfaPreference,
  associateSoftwareToken,
  setUserMfaPreference,
  verifySoftwareToken,
} from './mfa/software-token.ts';
import {
  completeWebAuthnRegistration,
  deleteWebAuthnCredential,
  getUserPoolMfaConfig,
  listWebAuthnCredentials,
  startWebAuthnRegistration,
} from './passkeys/passkeys.ts';
import { changePassword } from './passwords/change-password.ts';
import { confirmForgotPassword } from './passwords/confirm-forgot-password.ts';
import { forgotPassword } from './passwords/forgot-password.ts';
import { describeUserPoolClient, listUserPoolClients, listUserPools } from './read-pools-and-clients.ts';
import { confirmSignUp } from './sign-up/confirm-sign-up.ts';
import { resendConfirmationCode } from './sign-up/resend-confirmation-code.ts';
import { signUp } from './sign-up/sign-up.ts';

export type Operation = (state: CognitoState, body: RequestBody) => object | Promise<object>;

/** Operations that need no AWS credentials: a password, a code or a token in the request authorizes them. */
export const publicOperations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['SignUp', signUp],
  ['ConfirmSignUp', confirmSignUp],
  ['ResendConfirmationCode', resendConfirmationCode],
  ['InitiateAuth', initiateAuth],
  ['RespondToAuthChallenge', respondToAuthChallenge],
  ['GetTokensFromRefreshToken', getTokensFromRefreshToken],
  ['RevokeToken', revokeToken],
  ['ForgotPassword', forgotPassword],
  ['ConfirmForgotPassword', confirmForgotPassword],
  ['ChangePassword', changePassword],
  ['AssociateSoftwareToken', associateSoftwareToken],
  ['VerifySoftwareToken', verifySoftwareToken],
  ['SetUserMFAPreference', setUserMfaPreference],
  ['StartWebAuthnRegistration', startWebAuthnRegistration],
  ['CompleteWebAuthnRegistration', completeWebAuthnRegistration],
  ['ListWebAuthnCredentials', listWebAuthnCredentials],
  ['DeleteWebAuthnCredential', deleteWebAuthnCredential],
]);

/** Operations that AWS authorizes by IAM, so requests must be signed. */
export const signedOperations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['AdminCreateUser', adminCreateUser],
  ['AdminGetUser', adminGetUser],
  ['AdminDeleteUser', adminDeleteUser],
  ['AdminConfirmSignUp', adminConfirmSignUp],
  ['AdminSetUserPassword', adminSetUserPassword],
  ['AdminResetUserPassword', adminResetUserPassword],
  ['AdminEnableUser', adminEnableUser],
  ['AdminDisableUser', adminDisableUser],
  ['AdminUserGlobalSignOut', adminUserGlobalSignOut],
  ['AdminUpdateUserAttributes', adminUpdateUserAttributes],
  ['AdminSetUserMFAPreference', adminSetUserMfaPreference],
  ['AdminLinkProviderForUser', adminLinkProviderForUser],
  ['AdminAddUserToGroup', adminAddUserToGroup],
  ['AdminRemoveUserFromGroup', adminRemoveUserFromGroup],
  ['AdminListGroupsForUser', adminListGroupsForUser],
  ['CreateGroup', createGroup],
  ['GetGroup', getGroup],
  ['DeleteGroup', deleteGroup],
  ['ListGroups', listGroups],
  ['ListUsersInGroup', listUsersInGroup],
  ['ListUsers', listUsers],
  ['GetUserPoolMfaConfig', getUserPoolMfaConfig],
  ['DescribeUserPoolClient', describeUserPoolClient],
  ['AddUserPoolClientSecret', addUserPoolClientSecret],
  ['ListUserPoolClientSecrets', listUserPoolClientSecrets],
  ['DeleteUserPoolClientSecret', deleteUserPoolClientSecret],
  ['ListUserPools', listUserPools],
  ['ListUserPoolClients', listUserPoolClients],
]);
