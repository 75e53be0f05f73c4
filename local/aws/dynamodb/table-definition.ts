import { z } from 'zod';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const throughput = z.strictObject({
  ReadCapacityUnits: z.coerce.number(),
  WriteCapacityUnits: z.coerce.number(),
});
const withoutMeaningHere = z.unknown().optional();

const globalIndex = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: projection,
  ProvisionedThroughput: throughput.optional(),
  ContributorInsightsSpecification: withoutMeaningHere,
  OnDemandThroughput: withoutMeaningHere,
  WarmThroughput: withoutMeaningHere,
});

/** `AWS::DynamoDB::Table`. Streams and imports are refused. */
const properties = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).optional(),
  ProvisionedThroughput: throughput.optional(),
  GlobalSecondaryIndexes: z.array(globalIndex).optional(),
  LocalSecondaryIndexes: z
    .array(z.strictObject({ IndexName: z.string(), KeySchema: keySchema, Projection: projection }))
    .optional(),
  TimeToLiveSpecification: z
    .strictObject({ AttributeName: z.string().optional(), Enabled: z.union([z.boolean(), z.stringbool()]) })
    .optional(),
  ContributorInsightsSpecification: withoutMeaningHere,
  DeletionProtectionEnabled: withoutMeaningHere,
  OnDemandThroughput: withoutMeaningHere,
  PointInTimeRecoverySpecification: withoutMeaningHere,
  ResourcePolicy: withoutMeaningHere,
  SSESpecification: withoutMeaningHere,
  TableClass: withoutMeaningHere,
  Tags: withoutMeaningHere,
  WarmThroughput: withoutMeaningHere,
});

export type TableDefinition = z.infer<typeof properties>;
export type KeySchema = z.infer<typeof keySchema>;

/** @throws naming every property that the local runtime doesn't support */
export function parseTable(name: string, given: unknown): TableDefinition {
  const parsed = properties.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(`The local runtime can't make the table '${name}':\n${z.prettifyError(parsed.error)}`);
}

/** The input of CreateTable. Every table is on demand: capacity has no meaning on one machine. */
export function createTableInput(name: string, table: TableDefinition): object {
  return {
    TableName: name,
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(isNone(table.GlobalSecondaryIndexes)
      ? {}
      : { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes?.map(indexInput) }),
    ...(isNone(table.LocalSecondaryIndexes) ? {} : { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
  };
}

export const indexInput = ({ IndexName, KeySchema, Projection }: z.infer<typeof globalIndex>) => ({
  IndexName,
  KeySchema,
  Projection,
});

const isNone = (list: readonly unknown[] | undefined) => list === undefined || list.length === 0;
