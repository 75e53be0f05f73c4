import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface EdgeProofProps {
  /** CloudFront sends the first, and the API takes all of them: so that none is refused while one replaces another. */
  readonly generations: readonly number[];
}

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
  /** What CloudFront sends: a reference that CloudFormation resolves, so the template does not hold the value. */
  readonly value: string;
  /** What the API takes. */
  readonly accepted: readonly string[];

  constructor(scope: Construct, id: string, { generations }: EdgeProofProps) {
    super(scope, id);
    this.accepted = generations.map((generation) => this.make(generation));
    const [inUse = ''] = this.accepted;
    this.value = inUse;
  }

  private make(generation: number): string {
    const secret = new Secret(this, `Value${generation}`, {
      description: 'Daypass: proves to the API that a call came through CloudFront',
      // Stage variables allow letters, digits and hardly any other character.
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'It opens nothing: it only lets its holder invent the address that limits count. A new one takes a deployment.',
    });
    return secret.secretValue.unsafeUnwrap();
  }
}
