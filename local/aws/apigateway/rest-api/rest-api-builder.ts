import type { Store } from '../../../state/store.ts';
import { stableId } from '../identifiers.ts';
import { compileAccessLog } from './access-log.ts';
import { compileBodyModel } from './body-model.ts';
import { compileGatewayResponse } from './gateway-response.ts';
import { compileIntegration } from './integration.ts';
import { parseProperties, refusal } from './parse-properties.ts';
import type { ResourcePolicy } from './resource-policy.ts';
import type { Method, Resource, RestApi, RestApiDirectory } from './rest-api.ts';
import * as shapes from './template-properties.ts';

type Define = (id: string, properties: unknown) => shapes.DefinedResource;

/** Builds REST APIs from a template's resources. Defining a logical id again replaces it. */
export interface RestApiBuilder {
  /** `Ref` is the API's id; `RestApiId`, `RootResourceId`. */
  defineRestApi: Define;
  /** `Ref` and `ResourceId`. */
  defineResource: Define;
  defineMethod: Define;
  /** `Ref` is the model's name. */
  defineModel: Define;
  /** `Ref` and `RequestValidatorId`. */
  defineRequestValidator: Define;
  /** `Ref` and `AuthorizerId`. */
  defineAuthorizer: Define;
  defineGatewayResponse: Define;
  /**
   * `Ref` and `DeploymentId`. Takes a snapshot of the API's policy, once for a logical id. All else a stage serves as it is
   * defined now.
   */
  defineDeployment: Define;
  /** `Ref` is the stage's name. */
  defineStage: Define;
  /** Removes what all other logical ids defined, as a stack update does. */
  keepOnlyRestApiParts(ids: { has(id: string): boolean }): void;
}

export function createRestApiBuilder(store: Store): RestApiBuilder & { directory: RestApiDirectory } {
  const apis = new Map<string, RestApi>();
  const policies = store.collection<ResourcePolicy>('apigateway/policies');
  const removals = new Map<string, () => void>();

  /** Defines a part in place of its earlier definition. Errors name the resource. */
  const upsert = <T>(
    type: string,
    id: string,
    apiId: string,
    define: (api: RestApi) => { value: T; remove(): void },
  ) => {
    const api = apis.get(apiId);
    if (api === undefined) throw refusal({ type, id }, [`RestApiId '${apiId}' is not defined`]);
    try {
      const { value, remove } = define(api);
      // Only now: if the new definition replaced the old one under its key, there is nothing left to remove.
      removals.get(id)?.();
      removals.set(id, remove);
      return value;
    } catch (error) {
      throw refusal({ type, id }, [error instanceof Error ? error.message : String(error)]);
    }
  };

  /** Puts a part under its key. */
  const part = <T, K>(parts: Map<K, T>, key: K, value: T) => {
    parts.set(key, value);
    return { value, remove: () => void (parts.get(key) === value && parts.delete(key)) };
  };

  return {
    directory: { all: () => [...apis.values()], find: (id) => apis.get(id) },

    defineRestApi(id, properties) {
      const resource = { type: 'AWS::ApiGateway::RestApi', id };
      const parsed = parseProperties(resource, shapes.restApiProperties, properties);
      const apiId = stableId(resource.type, id, 10);
      const rootResourceId = stableId('root', id, 10);
      const before = apis.get(apiId);
      // CloudFormation leaves a policy that a template no longer has: https://github.com/aws/aws-cdk/issues/21840
      if (parsed.Policy !== undefined) policies.put(apiId, parsed.Policy);
      const root: Resource = {
        id: rootResourceId,
        parentId: undefined,
        pathPart: '',
        path: '/',
        methods: new Map(),
      };
      apis.set(apiId, {
        id: apiId,
        rootResourceId,
        name: parsed.Name ?? id,
        binaryMediaTypes: parsed.BinaryMediaTypes,
        policy: policies.get(apiId),
        resources: before?.resources ?? new Map([[rootResourceId, root]]),
        models: before?.models ?? new Map(),
        validators: before?.validators ?? new Map(),
        authorizers: before?.authorizers ?? new Map(),
        gatewayResponses: before?.gatewayResponses ?? new Map(),
        deployments: before?.deployments ?? new Map(),
        stages: before?.stages ?? new Map(),
      });
      removals.set(id, () => {
        apis.delete(apiId);
        policies.delete(apiId);
      });
      return { ref: apiId, attributes: { RestApiId: apiId, RootResourceId: rootResourceId } };
    },

    defineResource(id, properties) {
      const type = 'AWS::ApiGateway::Resource';
      const parsed = parseProperties({ type, id }, shapes.resourceProperties, properties);
      const resourceId = stableId(type, id, 6);
      upsert(type, id, parsed.RestApiId, (api) => {
        const parent = api.resources.get(parsed.ParentId);
        if (parent === undefined) throw new Error(`ParentId '${parsed.ParentId}' is not defined`);
        const methods = api.resources.get(resourceId)?.methods ?? new Map<string, Method>();
        const path = `${parent.path === '/' ? '' : parent.path}/${parsed.PathPart}`;
        const resource = { id: resourceId, parentId: parent.id, pathPart: parsed.PathPart, path, methods };
        return part(api.resources, resourceId, resource);
      });
      return { ref: resourceId, attributes: { ResourceId: resourceId } };
    },

    defineMethod(id, properties) {
      const type = 'AWS::ApiGateway::Method';
      const parsed = parseProperties({ type, id }, shapes.methodProperties, properties);
      upsert(type, id, parsed.RestApiId, (api) => {
        const resource = api.resources.get(parsed.ResourceId);
        if (resource === undefined) throw new Error(`ResourceId '${parsed.ResourceId}' is not defined`);
        for (const model of Object.values(parsed.RequestModels)) known(model, api.models);
        const authorized = parsed.AuthorizationType !== 'NONE';
        return part(resource.methods, parsed.HttpMethod, {
          httpMethod: parsed.HttpMethod,
          authorizerId: authorized ? known(parsed.AuthorizerId ?? '', api.authorizers) : undefined,
          apiKeyRequired: parsed.ApiKeyRequired,
          validatorId: parsed.RequestValidatorId && known(parsed.RequestValidatorId, api.validators),
          requestParameters: parsed.RequestParameters,
          requestModels: parsed.RequestModels,
          integration: compileIntegration(parsed.Integration, parsed.MethodResponses),
        });
      });
      return { ref: stableId(type, id, 12), attributes: {} };
    },

    defineModel(id, properties) {
      const type = 'AWS::ApiGateway::Model';
      const parsed = parseProperties({ type, id }, shapes.modelProperties, properties);
      const name = parsed.Name ?? id.replaceAll(/[^A-Za-z0-9]/g, '');
      upsert(type, id, parsed.RestApiId, (api) =>
        part(api.models, name, { check: compileBodyModel(parsed.Schema) }),
      );
      return { ref: name, attributes: {} };
    },

    defineRequestValidator(id, properties) {
      const type = 'AWS::ApiGateway::RequestValidator';
      const parsed = parseProperties({ type, id }, shapes.requestValidatorProperties, properties);
      const validatorId = stableId(type, id, 6);
      upsert(type, id, parsed.RestApiId, (api) =>
        part(api.validators, validatorId, {
          validatesBody: parsed.ValidateRequestBody,
          validatesParameters: parsed.ValidateRequestParameters,
        }),
      );
      return { ref: validatorId, attributes: { RequestValidatorId: validatorId } };
    },

    defineAuthorizer(id, properties) {
      const type = 'AWS::ApiGateway::Authorizer';
      const parsed = parseProperties({ type, id }, shapes.authorizerProperties, properties);
      const authorizerId = stableId(type, id, 6);
      upsert(type, id, parsed.RestApiId, (api) =>
        part(api.authorizers, authorizerId, {
          userPoolArns: parsed.ProviderARNs,
          headerName: parsed.IdentitySource.slice('method.request.header.'.length),
        }),
      );
      return { ref: authorizerId, attributes: { AuthorizerId: authorizerId } };
    },

    defineGatewayResponse(id, properties) {
      const type = 'AWS::ApiGateway::GatewayResponse';
      const parsed = parseProperties({ type, id }, shapes.gatewayResponseProperties, properties);
      upsert(type, id, parsed.RestApiId, (api) => {
        const response = compileGatewayResponse(parsed);
        return part(api.gatewayResponses, response.type, response);
      });
      return { ref: stableId(type, id, 12), attributes: { Id: stableId(type, id, 12) } };
    },

    defineDeployment(id, properties) {
      const type = 'AWS::ApiGateway::Deployment';
      const parsed = parseProperties({ type, id }, shapes.deploymentProperties, properties);
      const deploymentId = stableId(type, id, 6);
      upsert(type, id, parsed.RestApiId, (api) => {
        const { policy } = api.deployments.get(deploymentId) ?? api;
        return part(api.deployments, deploymentId, { policy });
      });
      return { ref: deploymentId, attributes: { DeploymentId: deploymentId } };
    },

    defineStage(id, properties) {
      const type = 'AWS::ApiGateway::Stage';
      const parsed = parseProperties({ type, id }, shapes.stageProperties, properties);
      const name = parsed.StageName;
      upsert(type, id, parsed.RestApiId, (api) => {
        const other = [...apis.values()].find((candidate) => candidate !== api && candidate.stages.has(name));
        if (other)
          throw new Error(`the API '${other.name}' has a stage '${name}' too; one port cannot serve both`);
        const deployment = api.deployments.get(parsed.DeploymentId);
        if (deployment === undefined) throw new Error(`DeploymentId '${parsed.DeploymentId}' is not defined`);
        return part(api.stages, name, {
          name,
          policy: deployment.policy,
          variables: parsed.Variables,
          methodSettings: parsed.MethodSettings.map((setting) => ({
            resourcePath: plainPath(setting.ResourcePath),
            httpMethod: setting.HttpMethod,
            rateLimit: setting.ThrottlingRateLimit,
            burstLimit: setting.ThrottlingBurstLimit,
          })),
          accessLog: parsed.AccessLogSetting && compileAccessLog(parsed.AccessLogSetting.Format),
        });
      });
      return { ref: name, attributes: {} };
    },

    keepOnlyRestApiParts(ids) {
      for (const [id, remove] of removals) {
        if (ids.has(id)) continue;
        remove();
        removals.delete(id);
      }
    },
  };
}

function known(id: string, parts: ReadonlyMap<string, unknown>): string {
  if (!parts.has(id)) throw new Error(`'${id}' is not defined`);
  return id;
}

/** Method settings write `/` inside a path as `~1`, with a slash before it: `/~1v1~1chat`. */
const plainPath = (path: string): string => {
  const decoded = path
    .replace(/^\/?~1/, '~1')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  return decoded.startsWith('/') ? decoded : `/${decoded}`;
};
