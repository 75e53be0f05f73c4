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
  /** Seals answers with a key's secret, which are kept for repeats of a call. */
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
      description: 'Daypass: seals keys for repeated calls',
      enableKeyRotation: true,
      // Nothing that it sealed is needed after a day.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
