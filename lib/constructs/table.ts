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
  /** Seals the secrets in the table: answers to repeated calls, one-time messages, and callers' own provider keys. */
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
      // Provider keys in a table that is kept could not be opened without it.
      removalPolicy: props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
