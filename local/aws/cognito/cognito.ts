import { AwsError, type AwsRequest, type AwsService } from '../service.ts';
import { createLoginDomain, type LoginDomain } from './federation/login-domain.ts';
import { jsonAnswer, jsonError, parseBody, targetOperation } from './json-protocol.ts';
import { type Operation, publicOperations, signedOperations } from './operations/operations.ts';
import { poolAttributes, type UserPoolAttributes } from './pools/pool-names.ts';
import { type CognitoDeps, createCognitoState } from './shared-state.ts';
import type { Claims } from './tokens/jwt.ts';
import { verifyIdToken } from './tokens/verify-id-token.ts';
import { isWellKnown, wellKnownDocument } from './tokens/well-known.ts';

/** A resource of the template: its physical id and its CloudFormation properties, intrinsics resolved. */
export interface Definition {
  id: string;
  properties: Record<string, unknown>;
}

export interface CognitoIdp extends AwsService {
  /** Whether an unsigned request is for Cognito: an operation that needs no signature, or a key set. */
  takesUnsigned(request: AwsRequest): boolean;
  /** AWS::Cognito::UserPool, created or changed. @throws naming what isn't supported */
  definePool(definition: Definition): UserPoolAttributes;
  /** AWS::Cognito::UserPoolClient, created or changed. @throws naming what isn't supported */
  defineClient(definition: Definition): { ClientId: string; Name: string; ClientSecret?: string };
  /** AWS::Cognito::UserPoolGroup, created or changed; the id is the group's name. */
  defineGroup(definition: Definition): { GroupName: string };
  /** AWS::Cognito::UserPoolIdentityProvider, created or changed. @throws naming what isn't supported */
  defineIdentityProvider(properties: Record<string, unknown>): { ProviderName: string };
  /** AWS::Cognito::UserPoolDomain, created or changed. */
  defineDomain(properties: Record<string, unknown>): { Domain: string };
  /** The endpoints of the pool's domain. */
  loginDomain: LoginDomain;
  /** For API Gateway's Cognito authorizer. @returns undefined for anything invalid */
  verifyIdToken(userPoolArn: string, token: string): Promise<Claims | undefined>;
}

export function createCognito(deps: CognitoDeps): CognitoIdp {
  const state = createCognitoState(deps);
  const { store, loginUrl = () => 'http://domain.invalid', playedAt = () => undefined } = deps;
  const loginDomain = createLoginDomain(state, { store, url: loginUrl, playedAt });

  return {
    signingName: 'cognito-idp',
    operationName: targetOperation,
    takesUnsigned: (request) => targetOperation(request) !== undefined || isWellKnown(request),
    async handle(request) {
      if (isWellKnown(request)) return wellKnownDocument(state, request);
      const requestId = state.randomness.uuid();
      try {
        const operation = operationOf(request);
        return jsonAnswer(requestId, await operation(state, parseBody(request.body)));
      } catch (error) {
        if (!(error instanceof AwsError)) deps.log?.warn('cognito', `${targetOperation(request)}: ${error}`);
        return jsonError(requestId, error);
      }
    },
    definePool({ id, properties }) {
      state.pools.define(id, properties);
      state.keys.ensure(id);
      return poolAttributes(state.location, id, state.tokens.issuer(id));
    },
    defineClient({ id, properties }) {
      const { secret, properties: parsed } = state.clients.define(id, properties);
      return {
        ClientId: id,
        Name: parsed.ClientName ?? id,
        ...(secret === undefined ? {} : { ClientSecret: secret }),
      };
    },
    defineGroup({ id, properties }) {
      const poolId = state.pools.get(String(properties.UserPoolId)).id;
      state.groups.define(poolId, id, {
        description: optionalText(properties.Description),
        roleArn: optionalText(properties.RoleArn),
        precedence: properties.Precedence === undefined ? undefined : Number(properties.Precedence),
      });
      return { GroupName: id };
    },
    defineIdentityProvider(properties) {
      state.pools.get(String(properties.UserPoolId));
      const { ProviderName } = state.identityProviders.define(properties);
      return { ProviderName };
    },
    defineDomain({ Domain, UserPoolId, CustomDomainConfig }) {
      if (CustomDomainConfig !== undefined) throw new Error('Custom domains are not supported here.');
      loginDomain.define(String(Domain), state.pools.get(String(UserPoolId)).id);
      return { Domain: String(Domain) };
    },
    loginDomain,
    verifyIdToken: async (userPoolArn, token) => verifyIdToken(state, userPoolArn, token),
  };
}

const optionalText = (value: unknown) => (value === undefined ? undefined : String(value));

function operationOf(request: AwsRequest): Operation {
  const name = targetOperation(request) ?? '';
  const open = publicOperations.get(name);
  if (open) return open;
  const signed = signedOperations.get(name);
  if (!signed) {
    throw new AwsError(
      'UnknownOperationException',
      `${name || 'This request'} is not supported by the local Cognito stand-in.`,
    );
  }
  if (!request.headers.authorization?.startsWith('AWS4-')) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  return signed;
}
