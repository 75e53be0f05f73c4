import { prices } from '../aws-figures.ts';
import type { Deployment } from './deployment.ts';

/** What was seen of a call of the chat function. */
export interface ChatFacts {
  /** As the system's clock has it, without the model. */
  addedSeconds: number;
  writeUnits: number;
  /** Of the function's own lines. */
  logBytes: number;
  headBytes: number;
  bytesAChunk: number;
  gzippedBytesAChunk: number;
}

export interface ChatShape {
  name: string;
  modelSeconds: number;
  tokens: number;
}

export const shapes: ChatShape[] = [
  { name: '10 s, 500 tokens', modelSeconds: 10, tokens: 500 },
  { name: '1 s, 50 tokens', modelSeconds: 1, tokens: 50 },
  { name: '0.3 s, 20 tokens', modelSeconds: 0.3, tokens: 20 },
];

/** START, END and REPORT of Lambda, and a line of the API's access log, as AWS documents them. */
const systemLogBytes = 330;
const accessLogBytes = 420;
const million = 1_000_000;

/** Dollars for a million chats of a kind, by service. @param gzip whether the caller accepts it */
export function dollarsOfAMillion(
  deployment: Deployment,
  facts: ChatFacts,
  { modelSeconds, tokens }: ChatShape,
  gzip: boolean,
): Record<string, number> {
  const seconds = modelSeconds + facts.addedSeconds;
  const logBytes =
    facts.logBytes +
    (deployment.leavesOutSystemLogs ? 0 : systemLogBytes) +
    (deployment.writesAccessLog ? accessLogBytes : 0);
  const bytes = facts.headBytes + tokens * (gzip ? facts.gzippedBytesAChunk : facts.bytesAChunk);
  const gigabytes = (eachBytes: number) => (eachBytes * million) / 1e9;
  return {
    'API Gateway': prices.apiGatewayTiers[0]?.dollarsPerMillion ?? 0,
    'web ACL': deployment.webAclRules === undefined ? 0 : prices.wafRequestsPerMillion,
    'Lambda, requests': prices.lambdaRequestsPerMillion,
    'Lambda, waiting': seconds * million * (deployment.chatMemoryMiB / 1024) * prices.lambdaGigabyteSecond,
    DynamoDB: facts.writeUnits * prices.dynamodbWritesPerMillion,
    logs: gigabytes(logBytes) * prices.logsGigabyte,
    traces: deployment.isTraced ? prices.tracedShare * prices.tracesPerMillion : 0,
    traffic: gigabytes(bytes) * prices.trafficGigabyte,
  };
}

/** Dollars a month when nobody calls, by what is billed. */
export function dollarsAtRest(deployment: Deployment): Record<string, number> {
  const { webAclRules, alarmMetrics } = deployment;
  const beyondFree = (count: number) => Math.max(0, count - prices.freeOfEach);
  return {
    'web ACL': webAclRules === undefined ? 0 : prices.webAclMonth + webAclRules * prices.webAclRuleMonth,
    'KMS key': deployment.kmsKeys * prices.kmsKeyMonth,
    secret: deployment.secrets * prices.secretMonth,
    alarms: beyondFree(alarmMetrics) * prices.alarmMetricMonth,
  };
}

export const total = (dollars: Record<string, number>): number =>
  Object.values(dollars).reduce((sum, value) => sum + value, 0);
