import { basename } from 'node:path';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  Effect,
  type IGrantable,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { routeSeconds } from '../../../core/contract/route-time.ts';
import type { BaseEnvironment } from '../../../lambda/env.ts';
import { logRetention } from '../log-retention.ts';
import { bundledHandler } from './bundle-handlers.ts';

export interface EndpointProps<Environment extends BaseEnvironment> {
  /** File in lambda/handlers, without its ending: `keys/create-api-key`. Its last part names the function. */
  readonly handler: string;
  /** The function's variables, without those that every function has. */
  readonly environment: Omit<Environment, keyof BaseEnvironment>;
  readonly catalog: Catalog;
  /** @default routeSeconds */
  readonly timeoutSeconds?: number | undefined;
  /** @default 512, with which cold starts are short; what hardly waits costs little */
  readonly memoryMegabytes?: number;
  /** For functions that an operator calls. @default made by CloudFormation */
  readonly functionName?: string;
}

const callMetrics = 'daypass:call-metrics';

/** Before functions are made: their log lines become no metrics but those that alarms watch. */
export function leaveOutCallMetrics({ node }: Stack): void {
  node.setContext(callMetrics, 'off');
}

/** A function with its own role and log group. It has no rights until it is granted some. */
export class Endpoint extends Construct implements IGrantable {
  readonly handler: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly role: Role;
  readonly timeout: Duration;

  /** @typeParam Environment what the handler parses: see lambda/env.ts */
  static create<Environment extends BaseEnvironment>(
    scope: Construct,
    props: EndpointProps<Environment>,
  ): Endpoint {
    return new Endpoint(scope, props);
  }

  private constructor(scope: Construct, props: EndpointProps<BaseEnvironment>) {
    const name = basename(props.handler);
    super(scope, name);
    this.timeout = Duration.seconds(props.timeoutSeconds ?? routeSeconds);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    const base: BaseEnvironment = {
      SERVICE_NAME: name,
      LOG_LEVEL: 'INFO',
      // Stages of one account keep theirs apart.
      METRICS_NAMESPACE: Stack.of(this).stackName,
      CALL_METRICS: this.node.tryGetContext(callMetrics) ?? 'on',
    };
    this.handler = new LambdaFunction(this, 'Function', {
      handler: 'index.handler',
      code: bundledHandler(props.handler, props.catalog, this.node),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: this.timeout,
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // Lambda's own lines on a call that went well cost more than ours; failures and time-outs are WARN.
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(props.functionName !== undefined && { functionName: props.functionName }),
      environment: { ...base, ...props.environment },
      tracing: Tracing.ACTIVE,
    });
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'Trace segments belong to no resource: X-Ray takes no other than *.',
      },
      {
        id: 'Serverless-LambdaDLQ',
        reason:
          'API Gateway waits for the answer and hands on the failure; a pass of the reconciler is made up for by the next.',
      },
    );
  }

  get grantPrincipal() {
    return this.handler.grantPrincipal;
  }

  allow(actions: string[], resources: string[], conditions: Record<string, unknown> = {}): this {
    return this.#add({ effect: Effect.ALLOW, actions, resources, conditions });
  }

  /** Whatever else allows it. */
  deny(actions: string[], resources: string[], conditions: Record<string, unknown>): this {
    return this.#add({ effect: Effect.DENY, actions, resources, conditions });
  }

  #add(statement: PolicyStatementProps): this {
    this.handler.addToRolePolicy(new PolicyStatement(statement));
    return this;
  }
}
