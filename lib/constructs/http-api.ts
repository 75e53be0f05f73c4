import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  Cors,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type MethodOptions,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { EdgeProof } from './edge-proof.ts';
import type { Endpoint } from './endpoint.ts';
import { addRefusals } from './refusals.ts';

export interface HttpApiProps {
  readonly proof: EdgeProof;
  readonly userPool: UserPool;
}

/**
 * Methods that anybody may call. `GET /v1/api-key` and `count_tokens` are among them since their functions check the key
 * themselves: API Gateway would count the call against the key's plan. Those of `/v1/session` check their cookie themselves.
 */
export const publicMethods = [
  'POST /v1/register',
  'POST /v1/register/confirm',
  'POST /v1/register/resend',
  'POST /v1/login',
  'POST /v1/login/refresh',
  'POST /v1/session',
  'POST /v1/session/refresh',
  'DELETE /v1/session',
  'POST /v1/password/forgot',
  'POST /v1/password/reset',
  'GET /v1/plans',
  'GET /v1/models',
  'GET /v1/models/{id}',
  'GET /v1/api-key',
  'POST /v1/messages/count_tokens',
  'GET /v1/openapi.json',
] as const;

type PublicMethod = (typeof publicMethods)[number];
type Method = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /v1/${string}`;

/** The REST API: every method is public by name, or wants a login token, or wants a key. */
export class HttpApi extends Construct {
  readonly api: RestApi;
  private readonly authorizer: CognitoUserPoolsAuthorizer;
  private readonly keyed: MethodOptions;

  constructor(scope: Construct, id: string, { proof, userPool }: HttpApiProps) {
    super(scope, id);
    this.api = new RestApi(this, 'RestApi', {
      // CloudWatch tells APIs apart by name, those of two stages in one account too.
      restApiName: Stack.of(this).stackName,
      description: 'Self-service, metered LLM API',
      // Edge-optimized endpoints end a silent stream after 30 seconds, regional ones after 5 minutes.
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.HEADER,
      cloudWatchRole: true,
      // The role is the account's: every REST API of the Region logs through the one that was set last.
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      defaultCorsPreflightOptions: {
        allowOrigins: Cors.ALL_ORIGINS,
        allowMethods: Cors.ALL_METHODS,
        // SDKs send headers of their own (x-stainless-*, anthropic-version); with a token or key `*` is not enough.
        allowHeaders: ['*', 'authorization', 'x-api-key', 'content-type', 'idempotency-key'],
        maxAge: Duration.hours(2),
      },
      deployOptions: {
        stageName: 'prod',
        // Every function is told the proof with each call, since a template may refer to secrets 60 times only.
        variables: { edgeProof: proof.value },
        accessLogDestination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            retention: RetentionDays.ONE_MONTH,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        accessLogFormat: accessLogFormat(),
        loggingLevel: MethodLoggingLevel.ERROR,
        // Full request logs would hold prompts and keys.
        dataTraceEnabled: false,
        metricsEnabled: true,
        tracingEnabled: true,
        throttlingRateLimit: 200,
        throttlingBurstLimit: 400,
      },
    });
    addRefusals(this.api);
    this.authorizer = new CognitoUserPoolsAuthorizer(this, 'Login', {
      cognitoUserPools: [userPool],
      resultsCacheTtl: Duration.seconds(0),
    });
    this.keyed = {
      authorizationType: AuthorizationType.NONE,
      apiKeyRequired: true,
    };
    this.acknowledgeFindings();
  }

  /** A method that anybody may call; its name must be on the list above. */
  addPublic(method: PublicMethod, endpoint: Endpoint): void {
    this.addMethod(method, endpoint, { authorizationType: AuthorizationType.NONE });
  }

  /** A method for whoever is logged in. */
  addForUsers(method: Method, endpoint: Endpoint): void {
    this.addMethod(method, endpoint, {
      authorizationType: AuthorizationType.COGNITO,
      authorizer: this.authorizer,
    });
  }

  /**
   * A method for callers with a key, on their plan, whose answer streams. API Gateway validates no body: what it refused
   * it would have counted, and no function would know.
   * @param timeout its function's
   */
  addStreamForKeys(method: Method, endpoint: Endpoint, timeout: Duration): void {
    const streaming = new LambdaIntegration(endpoint.handler, {
      allowTestInvoke: false,
      responseTransferMode: ResponseTransferMode.STREAM,
      timeout,
    });
    this.addMethod(method, endpoint, this.keyed, streaming);
  }

  private addMethod(
    method: Method,
    endpoint: Endpoint,
    options: MethodOptions,
    integration = new LambdaIntegration(endpoint.handler, { allowTestInvoke: false }),
  ): void {
    const [verb = '', path = ''] = method.split(' ');
    this.api.root.resourceForPath(path).addMethod(verb, integration, options);
  }

  private acknowledgeFindings(): void {
    Validations.of(this.api).acknowledge(
      {
        id: 'AwsSolutions-APIG4',
        reason:
          'Public methods are on a named list; all others want a login token or a key. A template test proves it.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason:
          'Public methods are on a named list; key methods are authorised by key and gate. A template test proves it.',
      },
      {
        id: 'AwsSolutions-APIG2',
        reason:
          'Functions validate every body by schema and name the field at fault, which API Gateway would not.',
      },
      {
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]`,
        reason:
          'API Gateway writes its logs through AmazonAPIGatewayPushToCloudWatchLogs, which AWS made for just that.',
      },
    );
  }
}

/**
 * `$context.identity.apiKey` is the key itself and is never logged; its id is. `$context.requestId` is the caller's to
 * choose; the extended one is the `x-request-id` of the answer and of the functions' logs.
 */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextExtendedRequestId(),
      time: AccessLogField.contextRequestTime(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      responseType: AccessLogField.contextErrorResponseType(),
      latencyMs: AccessLogField.contextResponseLatency(),
      responseBytes: AccessLogField.contextResponseLength(),
      sourceIp: AccessLogField.contextIdentitySourceIp(),
      apiKeyId: AccessLogField.contextIdentityApiKeyId(),
      userId: AccessLogField.contextAuthorizerClaims('sub'),
    }),
  );
}
