import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Increase it to get a new secret with the next deployment. */
const generation = 1;

/**
 * The secret that proves to API Gateway, the functions and the web ACL that a call came through our CloudFront, so that
 * they trust its headers on the viewer's address: docs/decisions/0010-proof-of-the-viewer-address.md.
 */
export class EdgeProof extends Construct {
  /** CloudFront sends it on every call to the API. */
  readonly headerName = 'x-daypass-edge-proof';
  /** The same, where a resource policy of API Gateway can see it. Callers' own values get no further than CloudFront. */
  readonly policyHeaderName = 'referer';
  /** The viewer's address, from CloudFront: api-viewer-request.js sets it. */
  readonly viewerHeaderName = 'x-daypass-viewer-address';
  /** What the web ACL counts by: an IPv4 address, or the first address of an IPv6 /64 network. */
  readonly networkHeaderName = 'x-daypass-viewer-network';
  /** A reference that CloudFormation resolves, so the template does not hold the value. */
  readonly value: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, `Value${generation}`, {
      description: 'Daypass: proves to the API that a call came through CloudFront',
      // Stage variables allow letters, digits and hardly any other character.
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.value = secret.secretValue.unsafeUnwrap();
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'It opens nothing: it only lets its holder invent the address that limits count. A new one takes a deployment.',
    });
  }
}
