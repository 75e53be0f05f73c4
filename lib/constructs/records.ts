import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface RecordsProps {
  readonly retain: boolean;
}

/** The one table. docs/data-model.md lists its items and access patterns. */
export class Records extends Construct {
  readonly table: Table;
  /** Seals the secrets that the table keeps for a while: answers to repeated calls, and one-time messages. */
  readonly sealingKey: Key;

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
    this.sealingKey = new Key(this, 'SealingKey', {
      description: 'Daypass: seals secrets that the table keeps for a while',
      enableKeyRotation: true,
      // Nothing that it sealed is needed for more than a week.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
