import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Raised, it makes a new secret at the next deployment. */
const generation = 1;

/**
 * The secret by which our CloudFront shows API Gateway, the functions and the web ACL that a call came through it,
 * so that they believe its word on the viewer's address: docs/decisions/0010-proof-of-the-viewer-address.md.
 */
export class EdgeProof extends Construct {
  /** CloudFront sends it on every call to the API. */
  readonly headerName = 'x-daypass-edge-proof';
  /** The viewer's address, from CloudFront: api-viewer-request.js sets it. */
  readonly viewerHeaderName = 'x-daypass-viewer-address';
  /** What of it the web ACL counts by: an IPv4 address, or the first of the 2^64 that whoever has one IPv6 address has. */
  readonly networkHeaderName = 'x-daypass-viewer-network';
  /** A reference that CloudFormation resolves: the value itself is in no template. */
  readonly value: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, `Value${generation}`, {
      description: 'Daypass: proves to the API that a call came through CloudFront',
      // Stage variables take letters and digits, and hardly any other character.
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.value = secret.secretValue.unsafeUnwrap();
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'It opens nothing: who knows it can only make up the address that limits count. A new one takes a deployment.',
    });
  }
}
