import type { AccessLogLine } from './access-log.ts';
import type { BodyCheck } from './body-model.ts';
import type { GatewayResponseType } from './gateway-response-types.ts';
import type { Integration } from './integration.ts';
import type { Template } from './mapping.ts';
import type { IntegrationProperties, MethodResponse } from './properties.ts';

/** One REST API as its stage serves it. Times are milliseconds since the epoch. */
export interface RestApi {
  readonly id: string;
  readonly rootResourceId: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly binaryMediaTypes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly resources: Map<string, Resource>;
  readonly models: Map<string, Model>;
  readonly validators: Map<string, RequestValidator>;
  readonly authorizers: Map<string, Authorizer>;
  readonly gatewayResponses: Map<GatewayResponseType, GatewayResponse>;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

export interface Resource {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly pathPart: string;
  /** As the console shows it: `/v1/models/{id}`. */
  readonly path: string;
  readonly methods: Map<string, Method>;
}

export interface Method {
  /** `ANY` included. */
  readonly httpMethod: string;
  readonly authorizerId: string | undefined;
  readonly apiKeyRequired: boolean;
  readonly validatorId: string | undefined;
  /** By `method.request.header.X`; true when required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Model names by media type. */
  readonly requestModels: Readonly<Record<string, string>>;
  readonly methodResponses: readonly MethodResponse[];
  readonly integration: Integration;
  readonly integrationProperties: IntegrationProperties;
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly contentType: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly check: BodyCheck;
}

export interface RequestValidator {
  readonly id: string;
  readonly name: string | undefined;
  readonly validatesBody: boolean;
  readonly validatesParameters: boolean;
}

export interface Authorizer {
  readonly id: string;
  readonly name: string;
  readonly userPoolArns: readonly string[];
  readonly headerName: string;
}

export interface GatewayResponse {
  readonly type: GatewayResponseType;
  readonly status: number | undefined;
  /** Header name → mapping expression. */
  readonly headers: readonly { readonly name: string; readonly value: Template }[];
  /** By media type. */
  readonly templates: ReadonlyMap<string, Template>;
  readonly source: {
    readonly parameters: Readonly<Record<string, string>>;
    readonly templates: Readonly<Record<string, string>>;
  };
}

export interface Deployment {
  readonly id: string;
  readonly description: string | undefined;
  readonly createdAt: number;
}

export interface Stage {
  readonly name: string;
  readonly deploymentId: string;
  readonly description: string | undefined;
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly methodSettings: readonly MethodSetting[];
  readonly tracingEnabled: boolean;
  readonly accessLog: AccessLog | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

export interface AccessLog {
  readonly destinationArn: string;
  readonly format: string;
  readonly line: AccessLogLine;
}

/** A stage's settings of its methods; `resourcePath` `/*` and `httpMethod` `*` mean every method. */
export interface MethodSetting {
  readonly resourcePath: string;
  readonly httpMethod: string;
  readonly rateLimit: number | undefined;
  readonly burstLimit: number | undefined;
  readonly metricsEnabled: boolean;
  readonly loggingLevel: 'OFF' | 'ERROR' | 'INFO';
  readonly dataTraceEnabled: boolean;
  readonly cacheTtlSeconds: number;
  readonly cacheDataEncrypted: boolean;
}

/** Finds a thing the template or the control plane names. */
export interface RestApiDirectory {
  all(): RestApi[];
  find(id: string): RestApi | undefined;
}
