/**
 * Limits and prices of AWS in us-east-1. `read` is the day they were looked up, or the day of the copy that was
 * read; docs/scale.md and docs/costs.md repeat the sources. Prices are US dollars before free allowances.
 */

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html and its REST table; read 2026-11-22. */
export const apiGateway = {
  keysPerAccount: 10_000,
  createApiKeyPerSecond: 5,
  requestsPerSecond: 10_000,
};

/** Of this project's own stage, for each method: lib/constructs/http-api.ts. */
export const stage = { requestsPerSecond: 200, burst: 400 };

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html; read 2026-11-22. */
export const dynamodb = {
  partitionWritesPerSecond: 1_000,
  newTableWritesPerSecond: 4_000,
  /** ServiceQuotas.html of the same guide; can be raised. */
  tableWritesPerSecond: 40_000,
};

/** https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html; read 2026-11-22. The first can be raised. */
export const lambda = { concurrency: 1_000, growthPerTenSeconds: 1_000, chatGigabytes: 0.5 };

/**
 * https://docs.aws.amazon.com/cognito/latest/developerguide/limits.html: SignUp, ConfirmSignUp and their admin
 * forms together; read 2026-11-22.
 */
export const cognito = { userCreationsPerSecond: 50, operationsPerSignUp: 2 };

/**
 * A throttled attempt waits up to 1, 2, 4 seconds by chance (@smithy/core 3, `Retry.throttlingDelay`);
 * four attempts as in lambda/adapters/api-gateway/keys.ts, whose refusal says `Retry-After: 5`. Their waits fit the
 * ten seconds of a route (lambda/call-time.ts).
 */
export const createKeyRetries = { attempts: 4, firstDelaySeconds: 1, returnSeconds: 5 };

export const prices = {
  /** By request and month. https://aws.amazon.com/api-gateway/pricing/ as quoted in AWS's whitepaper on private APIs; read 2026-11-22. */
  apiGatewayTiers: [
    { upToMillions: 333, dollarsPerMillion: 3.5 },
    { upToMillions: 1_000, dollarsPerMillion: 2.8 },
    { upToMillions: 20_000, dollarsPerMillion: 2.38 },
    { upToMillions: Number.POSITIVE_INFINITY, dollarsPerMillion: 1.51 },
  ],
  /** https://airbyte.com/data-engineering-resources/dynamodb-pricing; read 2026-11-22. */
  dynamodbWritesPerMillion: 0.625,
  dynamodbReadsPerMillion: 0.125,
  /** https://cloudchipr.com/blog/aws-lambda-pricing (arm64, first tier); read 2026-11-22. */
  lambdaRequestsPerMillion: 0.2,
  lambdaGigabyteSecond: 0.0000133334,
  /** https://c3x.dev/blog/aws-waf-cost-explained/; read 2026-11-22. One web ACL with two rules is $7 a month. */
  wafRequestsPerMillion: 0.6,
  wafAclMonth: 7,
  webAclMonth: 5,
  webAclRuleMonth: 1,
  /** https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ of 2026-06-13. */
  logsGigabyte: 0.5,
  logKilobytesPerCall: 1,
  /** https://aws.amazon.com/xray/pricing/: $5 a million traces recorded; read 2026-11-27. */
  tracesPerMillion: 5,
  /** X-Ray's default rule records the first request a second and this share of the others. */
  tracedShare: 0.05,
  /** Out to the internet from a Region, first 10 TB a month, https://aws.amazon.com/ec2/pricing/on-demand/; read 2026-11-27. */
  trafficGigabyte: 0.09,
  /** https://aws.amazon.com/kms/pricing/; read 2026-11-22. */
  kmsKeyMonth: 1,
  /** https://aws.amazon.com/secrets-manager/pricing/; read 2026-09-20. */
  secretMonth: 0.4,
  /**
   * For each metric that an alarm reads, and for each custom metric of a month in which it is written. The first ten of
   * either are free in an account. https://aws.amazon.com/cloudwatch/pricing/; read 2026-11-22.
   */
  alarmMetricMonth: 0.1,
  freeOfEach: 10,
};

export const daysPerMonth = 30;
