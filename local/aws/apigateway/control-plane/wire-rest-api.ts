import { accountDefaults } from '../data-plane/throttle.ts';
import { type GatewayResponseType, gatewayResponseDefaults } from '../rest-api/gateway-response-types.ts';
import type { IntegrationProperties, MethodResponse } from '../rest-api/properties.ts';
import type {
  Authorizer,
  Deployment,
  Method,
  MethodSetting,
  Model,
  RequestValidator,
  Resource,
  RestApi,
  Stage,
} from '../rest-api/rest-api.ts';

const seconds = (milliseconds: number) => milliseconds / 1000;

export const restApiWire = (api: RestApi) => ({
  id: api.id,
  name: api.name,
  description: api.description,
  createdDate: seconds(api.createdAt),
  apiKeySource: 'HEADER',
  binaryMediaTypes: api.binaryMediaTypes.length > 0 ? api.binaryMediaTypes : undefined,
  endpointConfiguration: { types: ['REGIONAL'] },
  disableExecuteApiEndpoint: false,
  rootResourceId: api.rootResourceId,
  tags: api.tags,
});

export const resourceWire = (resource: Resource, options: { methods: boolean }) => ({
  id: resource.id,
  parentId: resource.parentId,
  pathPart: resource.pathPart || undefined,
  path: resource.path,
  resourceMethods:
    resource.methods.size === 0
      ? undefined
      : Object.fromEntries(
          [...resource.methods].map(([name, method]) => [name, options.methods ? methodWire(method) : {}]),
        ),
});

export const methodWire = (method: Method) => ({
  httpMethod: method.httpMethod,
  authorizationType: method.authorizerId === undefined ? 'NONE' : 'COGNITO_USER_POOLS',
  authorizerId: method.authorizerId,
  apiKeyRequired: method.apiKeyRequired,
  requestValidatorId: method.validatorId,
  requestParameters: method.requestParameters,
  requestModels: method.requestModels,
  methodResponses: Object.fromEntries(
    method.methodResponses.map((response) => [response.StatusCode, methodResponseWire(response)]),
  ),
  methodIntegration: integrationWire(method.integrationProperties),
});

const methodResponseWire = (response: MethodResponse) => ({
  statusCode: response.StatusCode,
  responseParameters: response.ResponseParameters,
  responseModels: response.ResponseModels,
});

const integrationWire = (integration: IntegrationProperties) => ({
  type: integration.Type,
  httpMethod: integration.IntegrationHttpMethod,
  uri: integration.Uri,
  requestTemplates: integration.RequestTemplates,
  passthroughBehavior: integration.PassthroughBehavior,
  timeoutInMillis: integration.TimeoutInMillis,
  responseTransferMode: integration.ResponseTransferMode,
  integrationResponses: Object.fromEntries(
    integration.IntegrationResponses.map((response) => [
      response.StatusCode,
      {
        statusCode: response.StatusCode,
        selectionPattern: response.SelectionPattern,
        responseParameters: response.ResponseParameters,
        responseTemplates: response.ResponseTemplates,
      },
    ]),
  ),
});

export const stageWire = (stage: Stage) => ({
  deploymentId: stage.deploymentId,
  stageName: stage.name,
  description: stage.description,
  cacheClusterEnabled: false,
  cacheClusterStatus: 'NOT_AVAILABLE',
  methodSettings: Object.fromEntries(
    stage.methodSettings.map((setting) => [settingKey(setting), methodSettingWire(setting)]),
  ),
  variables: stage.variables,
  accessLogSettings: stage.accessLog && {
    format: stage.accessLog.format,
    destinationArn: stage.accessLog.destinationArn.replace(/:\*$/, ''),
  },
  tracingEnabled: stage.tracingEnabled,
  tags: stage.tags,
  createdDate: seconds(stage.createdAt),
  lastUpdatedDate: seconds(stage.createdAt),
});

/** As AWS shows it, with its defaults where the stage says nothing. */
const methodSettingWire = (setting: MethodSetting) => ({
  metricsEnabled: setting.metricsEnabled,
  loggingLevel: setting.loggingLevel,
  dataTraceEnabled: setting.dataTraceEnabled,
  throttlingBurstLimit: setting.burstLimit ?? accountDefaults.burstLimit,
  throttlingRateLimit: setting.rateLimit ?? accountDefaults.rateLimit,
  cachingEnabled: false,
  cacheTtlInSeconds: setting.cacheTtlSeconds,
  cacheDataEncrypted: setting.cacheDataEncrypted,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
});

const settingKey = ({ resourcePath, httpMethod }: MethodSetting): string =>
  resourcePath === '/*' ? `*/${httpMethod}` : `${resourcePath.slice(1).replaceAll('/', '~1')}/${httpMethod}`;

export const deploymentWire = ({ id, description, createdAt }: Deployment) => ({
  id,
  description,
  createdDate: seconds(createdAt),
});

export const modelWire = ({ id, name, description, contentType, schema }: Model) => ({
  id,
  name,
  description,
  contentType,
  schema: JSON.stringify(schema),
});

export const authorizerWire = ({ id, name, userPoolArns, headerName }: Authorizer) => ({
  id,
  name,
  type: 'COGNITO_USER_POOLS',
  providerARNs: userPoolArns,
  authType: 'cognito_user_pools',
  identitySource: `method.request.header.${headerName}`,
});

export const requestValidatorWire = ({ id, name, validatesBody, validatesParameters }: RequestValidator) => ({
  id,
  name,
  validateRequestBody: validatesBody,
  validateRequestParameters: validatesParameters,
});

export function gatewayResponseWire(api: RestApi, type: GatewayResponseType) {
  const override = api.gatewayResponses.get(type);
  const standard =
    type === 'DEFAULT_4XX' || type === 'DEFAULT_5XX' ? undefined : gatewayResponseDefaults[type].status;
  const status = override?.status ?? standard;
  return {
    responseType: type,
    statusCode: status === undefined ? undefined : String(status),
    responseParameters: override?.source.parameters ?? {},
    responseTemplates: override?.source.templates ?? {
      'application/json': '{"message":$context.error.messageString}',
    },
    defaultResponse: override === undefined,
  };
}
