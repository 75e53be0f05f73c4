import { APIGatewayClient, DeleteApiKeyCommand, paginateGetApiKeys } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { gatewayKeyPrefix } from '../../lambda/adapters/api-gateway/key-prefix.ts';
import { type DeletedResource, keptTypes, type Traces } from './what-stays.ts';

export interface Deletable {
  what: string;
  name: string;
  why: string;
  remove(): Promise<void>;
}

const cloudFormation = () => new CloudFormationClient({});

/** Whether the stack exists, however it stands. */
export async function isThere(stack: string): Promise<boolean> {
  try {
    await cloudFormation().send(new DescribeStacksCommand({ StackName: stack }));
    return true;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return false;
    throw error;
  }
}

/** Those of that name, newest first, as far as CloudFormation remembers: 90 days. */
export async function deletedStacks(
  stack: string,
): Promise<{ deletedAt: string; resources: DeletedResource[] }[]> {
  const client = cloudFormation();
  const found = [];
  for await (const page of paginateListStacks({ client }, { StackStatusFilter: ['DELETE_COMPLETE'] })) {
    for (const { StackName, StackId, DeletionTime } of page.StackSummaries ?? []) {
      if (StackName !== stack || StackId === undefined) continue;
      const resources: DeletedResource[] = [];
      for await (const { StackResourceSummaries = [] } of paginateListStackResources(
        { client },
        { StackName: StackId },
      )) {
        for (const {
          ResourceType = '',
          PhysicalResourceId = '',
          ResourceStatus = '',
        } of StackResourceSummaries)
          resources.push({ type: ResourceType, id: PhysicalResourceId, status: ResourceStatus });
      }
      found.push({ deletedAt: DeletionTime?.toISOString() ?? 'some time ago', resources });
    }
  }
  return found;
}

/** What of it is still there. */
export async function leftIn(traces: Traces, buckets: readonly string[]): Promise<Deletable[]> {
  return [
    ...(await keysOf(traces.tableNames)),
    ...(await logGroupsOf(traces)),
    ...(await bucketsOf(buckets)),
  ];
}

async function keysOf(tableNames: readonly string[]): Promise<Deletable[]> {
  const client = new APIGatewayClient({ retryMode: 'adaptive', maxAttempts: 10 });
  const found: Deletable[] = [];
  for (const prefix of tableNames.map(gatewayKeyPrefix)) {
    for await (const { items = [] } of paginateGetApiKeys({ client }, { nameQuery: prefix })) {
      for (const { id: apiKey, name = '' } of items)
        if (name.startsWith(prefix))
          found.push({
            what: 'API key',
            name,
            why: 'it opens nothing without its plan, but counts among the account’s 10,000',
            remove: async () => void (await client.send(new DeleteApiKeyCommand({ apiKey }))),
          });
    }
  }
  return found;
}

async function logGroupsOf({ logGroups, logGroupPrefixes }: Traces): Promise<Deletable[]> {
  const client = new CloudWatchLogsClient({});
  const names = new Set<string>();
  for (const logGroupNamePrefix of logGroupPrefixes) {
    for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix }))
      for (const { logGroupName = '' } of page.logGroups ?? [])
        if (logGroups.has(logGroupName)) names.add(logGroupName);
  }
  return [...names].map((logGroupName) => ({
    what: 'log group',
    name: logGroupName,
    why: 'a service made it beside the stack, and it never expires',
    remove: async () => void (await client.send(new DeleteLogGroupCommand({ logGroupName }))),
  }));
}

async function bucketsOf(names: readonly string[]): Promise<Deletable[]> {
  const client = new S3Client({});
  const found: Deletable[] = [];
  for (const Bucket of names) {
    try {
      await client.send(new HeadBucketCommand({ Bucket }));
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFound') continue;
      throw error;
    }
    found.push({
      what: 'bucket',
      name: Bucket,
      why: keptTypes['AWS::S3::Bucket']?.why ?? '',
      remove: () => removeBucket(client, Bucket),
    });
  }
  return found;
}

/** The site bucket keeps no versions. */
async function removeBucket(client: S3Client, Bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    const Objects = Contents.map(({ Key }) => ({ Key }));
    if (Objects.length > 0)
      await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
  await client.send(new DeleteBucketCommand({ Bucket }));
}
