import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  Cors,
  type CorsOptions,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  MethodLoggingLevel,
  type MethodOptions,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { allowedHeaders } from '../../core/contract/cors-headers.ts';
import type { RouteAccess, RouteContract } from '../../core/contract/route-contract.ts';
import type { Settings } from '../settings.ts';
import type { EdgeProof } from './edge/edge-proof.ts';
import type { Endpoint } from './functions/endpoint.ts';
import { addRefusals } from './gateway-refusals.ts';
import { logRetention } from './log-retention.ts';
import { isOpenAndActs, openRouteThrottle, throttle } from './open-routes.ts';
import { resourcePolicy } from './resource-policy.ts';

export interface HttpApiProps {
  readonly proof: EdgeProof;
  readonly userPool: UserPool;
  /** `off`: calls that didn't come through CloudFront are refused. */
  readonly directCalls: Settings['directCalls'];
  /** `off`: routes that nothing else guards get throttles of their own. */
  readonly webAcl: Settings['webAcl'];
}

const preflight: CorsOptions = {
  allowOrigins: Cors.ALL_ORIGINS,
  allowMethods: Cors.ALL_METHODS,
  allowHeaders: [...allowedHeaders],
  maxAge: Duration.hours(2),
};

/** Has to be repeated for a method that has settings of its own: it doesn't inherit them from the stage. */
const perMethod = {
  loggingLevel: MethodLoggingLevel.ERROR,
  // Full request logs would hold prompts and keys.
  dataTraceEnabled: false,
  // Metrics for each method are billed, for each one in use. Those of the whole stage come without.
  metricsEnabled: false,
} satisfies MethodDeploymentOptions;

/** Of each method for itself. */
const stageThrottle = { throttlingRateLimit: 200, throttlingBurstLimit: 400 };

/** The REST API. Who may call a route is decided in core/contract. */
export class HttpApi extends Construct {
  readonly api: RestApi;
  /** Of each path, in capitals. */
  readonly methods = new Map<string, string[]>();
  /** What API Gateway checks before it calls a function. */
  private readonly entries: Readonly<Record<RouteAccess, MethodOptions>>;
  private readonly webAcl: Settings['webAcl'];

  constructor(scope: Construct, id: string, { proof, userPool, directCalls, webAcl }: HttpApiProps) {
    super(scope, id);
    this.webAcl = webAcl;
    this.api = new RestApi(this, 'RestApi', {
      // CloudWatch distinguishes APIs by name, and two stages may share an account.
      restApiName: Stack.of(this).stackName,
      description: 'Self-service, metered LLM API',
      // Edge-optimized endpoints end a silent stream after 30 seconds, regional ones after 5 minutes.
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.HEADER,
      policy: resourcePolicy({ directCalls, proof }),
      cloudWatchRole: true,
      // The role belongs to the account: every REST API of the Region logs through the one that was set last.
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: 'prod',
        // Functions get the proof with each call, since a template may refer to secrets only 60 times.
        variables: { edgeProof: proof.accepted.join(',') },
        accessLogDestination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            retention: logRetention,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        accessLogFormat: accessLogFormat(),
        ...perMethod,
        tracingEnabled: true,
        ...stageThrottle,
      },
    });
    // The CDK's own output, of the same address as our ApiUrl.
    this.api.node.tryRemoveChild('Endpoint');
    addRefusals(this.api, { directCalls });
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'Login', {
      cognitoUserPools: [userPool],
      resultsCacheTtl: Duration.seconds(0),
    });
    const open: MethodOptions = { authorizationType: AuthorizationType.NONE };
    const login: MethodOptions = { authorizationType: AuthorizationType.COGNITO, authorizer };
    this.entries = {
      public: open,
      login,
      // The function checks the group.
      admin: login,
      // The function checks the cookie.
      session: open,
      // With no request validation: API Gateway would count what it refused, and no function would know.
      key: { authorizationType: AuthorizationType.NONE, apiKeyRequired: true },
    };
    this.acknowledgeFindings();
    if (webAcl === 'off') {
      const reason = 'The settings turn it off: docs/operations.md says what guards the open routes then.';
      Validations.of(this.api).acknowledge({ id: 'AwsSolutions-APIG3', reason });
    }
  }

  /** Adds a route as the contract has it, answered by this function. */
  add(route: RouteContract, endpoint: Endpoint): void {
    this.addTo(endpoint.handler, route, endpoint);
  }

  /**
   * Adds routes that share a function. Those whose paths begin so need one permission together, and CloudFormation takes 500
   * resources.
   * @param beginning that no other function's paths have
   */
  addAll(routes: Record<string, RouteContract>, endpoint: Endpoint, beginning: string): void {
    const { functionArn } = endpoint.handler;
    // The integration would make a permission for each method.
    const permitted = LambdaFunction.fromFunctionAttributes(endpoint, 'Permitted', {
      functionArn,
      sameEnvironment: false,
      skipPermissions: true,
    });
    endpoint.handler.addPermission('Routes', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.api.arnForExecuteApi('*', `${beginning}*`, this.api.deploymentStage.stageName),
    });
    for (const route of Object.values(routes)) {
      this.addTo(route.path.startsWith(beginning) ? permitted : endpoint.handler, route, endpoint);
    }
  }

  private addTo(handler: IFunction, route: RouteContract, endpoint: Endpoint): void {
    const { method, path, access, unmetered, transfer } = route;
    const integration = new LambdaIntegration(handler, {
      allowTestInvoke: false,
      ...(transfer === 'stream' && {
        responseTransferMode: ResponseTransferMode.STREAM,
        timeout: endpoint.timeout,
      }),
    });
    const options = this.entries[access === 'key' && unmetered ? 'public' : access];
    const resource = this.api.root.resourceForPath(path);
    // Not by default for every part of a path: CloudFormation takes 500 resources.
    if (!this.methods.has(path)) resource.addCorsPreflight(preflight);
    this.methods.set(path, [...(this.methods.get(path) ?? []), method.toUpperCase()]);
    resource.addMethod(method.toUpperCase(), integration, options);
    // Also where it is the stage's: AWS doesn't say whether CloudFormation takes back a method's setting that a template drops.
    if (isOpenAndActs(route)) {
      const limits = this.webAcl === 'off' ? openRouteThrottle : stageThrottle;
      throttle(this.api.deploymentStage, route, { ...perMethod, ...limits });
    }
  }

  private acknowledgeFindings(): void {
    Validations.of(this.api).acknowledge(
      {
        id: 'AwsSolutions-APIG4',
        reason:
          'The contract names the public methods, and a test pins them; all others need a login token or a key.',
      },
      {
        id: 'AwsSolutions-COG4',
        reason:
          'The contract names the public methods, and a test pins them; key methods are authorised by key and gate.',
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
 * Logs the id of the key: `$context.identity.apiKey` is its secret. Logs the extended request id, which is the
 * `x-request-id` of the answer and of the functions' logs: callers can choose `$context.requestId`.
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
