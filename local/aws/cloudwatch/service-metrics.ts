import type { AwsError } from '../service.ts';
import type { CloudWatch } from './cloudwatch.ts';

type Put = CloudWatch['put'];

/** What Lambda measures of a call. */
export function measureInvocation(
  put: Put,
  FunctionName: string,
  call: { failed: boolean; milliseconds: number } | 'throttled',
): void {
  const measure = (name: string, value: number) =>
    put({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName }, value });
  measure('Throttles', call === 'throttled' ? 1 : 0);
  if (call === 'throttled') return;
  measure('Invocations', 1);
  measure('Errors', call.failed ? 1 : 0);
  measure('Duration', call.milliseconds);
}

/** What API Gateway measures of a call, with and without its stage. */
export function measureApiCall(
  put: Put,
  { ApiName, Stage }: { ApiName: string; Stage: string },
  { status, milliseconds }: { status: number; milliseconds: number },
): void {
  for (const dimensions of [{ ApiName }, { ApiName, Stage }]) {
    const measure = (name: string, value: number) =>
      put({ namespace: 'AWS/ApiGateway', name, dimensions, value });
    measure('Count', 1);
    measure('4XXError', status >= 400 && status < 500 ? 1 : 0);
    measure('5XXError', status >= 500 ? 1 : 0);
    measure('Latency', milliseconds);
  }
}

const throttles = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);
const reads = /^(Batch|Transact)?(GetItem|GetItems|Query|Scan)$/;

/** What DynamoDB measures of a call that it throttles. */
export function measureTableThrottle(
  put: Put,
  operation: string | undefined,
  { code }: Pick<AwsError, 'code'>,
  body: Buffer,
): void {
  if (!throttles.has(code)) return;
  const name = reads.test(operation ?? '') ? 'ReadThrottleEvents' : 'WriteThrottleEvents';
  const tables = tablesOf(JSON.parse(body.toString('utf8')));
  for (const TableName of tables)
    put({ namespace: 'AWS/DynamoDB', name, dimensions: { TableName }, value: 1 });
}

interface TableCall {
  TableName?: string;
  /** By table. */
  RequestItems?: object;
  /** Each is one operation, by its name. */
  TransactItems?: Record<string, TableCall>[];
}

function tablesOf({ TableName, RequestItems = {}, TransactItems = [] }: TableCall): Set<string> {
  const inTransaction = TransactItems.flatMap((item) =>
    Object.values(item).flatMap((one) => [...tablesOf(one)]),
  );
  return new Set([
    ...(TableName === undefined ? [] : [TableName]),
    ...Object.keys(RequestItems),
    ...inTransaction,
  ]);
}
