import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Endpoint } from './functions/endpoint.ts';

export interface RecordsProps {
  readonly retain: boolean;
  /** Generations of the sealing key. The first seals, and all open. */
  readonly sealingKeys: readonly number[];
}

/** The one table. docs/data-model.md lists its items and access patterns. */
export class Records extends Construct {
  readonly table: Table;
  /** Seals the secrets in the table: answers to repeated calls, one-time messages, and callers' own provider keys. */
  readonly sealingKey: Key;
  /** Of every key that may have sealed what is in the table. */
  readonly sealingKeyArns: readonly string[];

  constructor(scope: Construct, id: string, props: RecordsProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: props.retain,
      removalPolicy: props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: callsIndex,
      partitionKey: { name: 'callsOn', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    const [inUse, ...others] = props.sealingKeys.map((generation) => this.makeKey(generation, props.retain));
    if (inUse === undefined) throw new Error('the settings hold at least one sealing key');
    this.sealingKey = inUse;
    this.sealingKeyArns = [inUse, ...others].map(({ keyArn }) => keyArn);
  }

  private makeKey(generation: number, retain: boolean): Key {
    return new Key(this, generation === 1 ? 'SealingKey' : `SealingKey${generation}`, {
      description: 'Daypass: seals secrets that the table keeps for a while',
      enableKeyRotation: true,
      // Provider keys in a table that is kept could not be opened without it.
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /**
   * Grants rights on the table's items. Whatever they are, events of the audit trail can only be added and read: no function
   * may change or delete one. (IAM can't tell a put that replaces an item from one that adds it; the code puts events only
   * where there are none.)
   */
  grant(endpoint: Endpoint, ...actions: readonly TableAction[]): void {
    const arns = [this.table.tableArn];
    endpoint.allow(actions.map(nameOf), arns);
    const changing = actions.filter((action) => changes.includes(action));
    if (changing.length === 0) return;
    const events = { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['AUDIT#*'] } };
    endpoint.deny(changing.map(nameOf), arns, events);
  }

  /** Grants reading the calls of all users. */
  grantAllCalls(endpoint: Endpoint): void {
    endpoint.allow(['dynamodb:Query'], [`${this.table.tableArn}/index/${callsIndex}`]);
  }
}

/** lambda/adapters/call-log/ledger.ts queries it by this name. */
const callsIndex = 'calls';

type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'ConditionCheckItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem';

const nameOf = (action: TableAction) => `dynamodb:${action}`;

const changes: readonly TableAction[] = ['UpdateItem', 'DeleteItem', 'BatchWriteItem'];
