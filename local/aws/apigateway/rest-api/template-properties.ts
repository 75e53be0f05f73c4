import { z } from 'zod';
import { resourcePolicy } from './resource-policy.ts';

/**
 * CloudFormation's property shapes of the REST API resources, as far as they are supported here. What these
 * schemas do not list is refused by name.
 */

/** What a template sees of a resource: `Ref` and `Fn::GetAtt`. */
export interface DefinedResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Accepted because templates have it, and without effect on one machine (roles, logs, TLS, metadata). */
const immaterial = z.unknown().optional();
const text = z.string();
const texts = z.record(z.string(), z.string());
// CloudFormation takes numbers and booleans as strings too.
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
]);
export const truth = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
const off = z.union([z.literal(false), z.literal('false')]).optional();
export const tagList = z
  .array(z.object({ Key: text, Value: text }))
  .default([])
  .transform((tags) => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])));

export const restApiProperties = z.strictObject({
  Name: text.optional(),
  Description: text.optional(),
  ApiKeySourceType: z.literal('HEADER').optional(),
  BinaryMediaTypes: z.array(text).default([]),
  DisableExecuteApiEndpoint: off,
  EndpointConfiguration: immaterial,
  EndpointAccessMode: immaterial,
  FailOnWarnings: immaterial,
  Mode: immaterial,
  Policy: resourcePolicy.optional(),
  SecurityPolicy: immaterial,
  Tags: tagList,
});

export const resourceProperties = z.strictObject({
  RestApiId: text,
  ParentId: text,
  PathPart: text.regex(/^([^{}/]+|\{[\w.:-]+\+?\})$/, "must be a literal, '{name}' or '{name+}'"),
});

const integrationResponse = z.strictObject({
  StatusCode: z.coerce.string(),
  SelectionPattern: text.optional(),
  ResponseParameters: texts.default({}),
  ResponseTemplates: texts.default({}),
});

const integration = z.strictObject({
  Type: z.enum(['AWS_PROXY', 'MOCK']),
  Uri: text.optional(),
  IntegrationHttpMethod: text.optional(),
  ResponseTransferMode: z.enum(['BUFFERED', 'STREAM']).default('BUFFERED'),
  TimeoutInMillis: numeric.default(29_000),
  RequestTemplates: texts.default({}),
  PassthroughBehavior: z.enum(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']).default('WHEN_NO_MATCH'),
  IntegrationResponses: z.array(integrationResponse).default([]),
  ConnectionType: z.literal('INTERNET').optional(),
  CacheKeyParameters: z.array(text).max(0).optional(),
  CacheNamespace: immaterial,
  Credentials: immaterial,
});
export type IntegrationProperties = z.output<typeof integration>;

const methodResponse = z.strictObject({
  StatusCode: z.coerce.string(),
  ResponseParameters: z.record(z.string(), truth).default({}),
  ResponseModels: texts.default({}),
});
export type MethodResponse = z.output<typeof methodResponse>;

export const methodProperties = z.strictObject({
  RestApiId: text,
  ResourceId: text,
  HttpMethod: z.enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'ANY']),
  AuthorizationType: z.enum(['NONE', 'COGNITO_USER_POOLS']),
  AuthorizerId: text.optional(),
  AuthorizationScopes: z.array(text).max(0, 'access tokens with scopes are not supported').optional(),
  ApiKeyRequired: truth.default(false),
  RequestValidatorId: text.optional(),
  RequestParameters: z
    .record(z.string().regex(/^method\.request\.(header|querystring|path)\.[^.]+$/), truth)
    .default({}),
  RequestModels: texts.default({}),
  MethodResponses: z.array(methodResponse).default([]),
  Integration: integration,
  OperationName: immaterial,
});

export const modelProperties = z.strictObject({
  RestApiId: text,
  Name: text.optional(),
  ContentType: text.optional(),
  Description: text.optional(),
  Schema: z.record(z.string(), z.unknown()).default({}),
});

export const requestValidatorProperties = z.strictObject({
  RestApiId: text,
  Name: text.optional(),
  ValidateRequestBody: truth.default(false),
  ValidateRequestParameters: truth.default(false),
});

export const authorizerProperties = z.strictObject({
  RestApiId: text,
  Name: text,
  Type: z.literal('COGNITO_USER_POOLS'),
  ProviderARNs: z.array(text).min(1),
  IdentitySource: text
    .regex(/^method\.request\.header\.[\w-]+$/)
    .default('method.request.header.Authorization'),
  AuthType: immaterial,
  AuthorizerResultTtlInSeconds: immaterial,
});

export const gatewayResponseProperties = z.strictObject({
  RestApiId: text,
  ResponseType: text,
  StatusCode: z.coerce
    .string()
    .regex(/^[2-5]\d\d$/)
    .optional(),
  ResponseParameters: texts.default({}),
  ResponseTemplates: texts.default({}),
});

export const deploymentProperties = z.strictObject({ RestApiId: text, Description: text.optional() });

const methodSetting = z.strictObject({
  ResourcePath: text,
  HttpMethod: text,
  ThrottlingRateLimit: numeric.optional(),
  ThrottlingBurstLimit: numeric.optional(),
  CachingEnabled: off,
  CacheDataEncrypted: truth.default(false),
  CacheTtlInSeconds: numeric.default(300),
  DataTraceEnabled: truth.default(false),
  LoggingLevel: z.enum(['OFF', 'ERROR', 'INFO']).default('OFF'),
  MetricsEnabled: truth.default(false),
});

export const stageProperties = z.strictObject({
  RestApiId: text,
  DeploymentId: text,
  StageName: text.regex(/^[\w-]+$/),
  Description: text.optional(),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
  Variables: z
    .record(z.string().regex(/^\w{1,64}$/), z.string().regex(/^[A-Za-z0-9\-._~:/?#&=,]{0,512}$/))
    .refine((variables) => Object.keys(variables).length <= 100, 'at most 100 stage variables')
    .optional(),
  MethodSettings: z.array(methodSetting).default([]),
  CacheClusterEnabled: off,
  AccessLogSetting: z.strictObject({ DestinationArn: text, Format: text }).optional(),
  DocumentationVersion: immaterial,
  TracingEnabled: truth.default(false),
  Tags: tagList,
});
