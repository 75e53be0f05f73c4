import type { AccessLogLine } from './access-log.ts';
import type { BodyCheck } from './body-model.ts';
import type { GatewayResponseType } from './gateway-failures.ts';
import type { Integration } from './integration.ts';
import type { Template } from './mapping-expressions.ts';
import type { ResourcePolicy } from './resource-policy.ts';

/** One REST API as its stage serves it. */
export interface RestApi {
  readonly id: string;
  readonly rootResourceId: string;
  readonly name: string;
  readonly binaryMediaTypes: readonly string[];
  /** The newest. Calls obey the one that was deployed: [AWS](https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html). */
  readonly policy: ResourcePolicy | undefined;
  readonly resources: Map<string, Resource>;
  readonly models: Map<string, Model>;
  readonly validators: Map<string, RequestValidator>;
  readonly authorizers: Map<string, Authorizer>;
  readonly gatewayResponses: Map<GatewayResponseType, GatewayResponse>;
  /** By id: a stage must name one that exists. */
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
  readonly integration: Integration;
}

export interface Model {
  readonly check: BodyCheck;
}

export interface RequestValidator {
  readonly validatesBody: boolean;
  readonly validatesParameters: boolean;
}

export interface Authorizer {
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
}

export interface Deployment {
  readonly policy: ResourcePolicy | undefined;
}

export interface Stage extends Deployment {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly methodSettings: readonly MethodSetting[];
  readonly accessLog: AccessLogLine | undefined;
}

/** A throttle of a stage's methods; `resourcePath` `/*` and `httpMethod` `*` mean every method. */
export interface MethodSetting {
  readonly resourcePath: string;
  readonly httpMethod: string;
  readonly rateLimit: number | undefined;
  readonly burstLimit: number | undefined;
}

/** The REST APIs that the template defined. */
export interface RestApiDirectory {
  all(): RestApi[];
  find(id: string): RestApi | undefined;
}
