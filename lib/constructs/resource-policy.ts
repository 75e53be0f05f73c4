import { AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Settings } from '../settings.ts';
import type { EdgeProof } from './edge/edge-proof.ts';

export interface ResourcePolicyProps {
  readonly directCalls: Settings['directCalls'];
  readonly proof: EdgeProof;
}

/**
 * Who may call API Gateway's own address. The API always has a policy, also where anyone may: CloudFormation leaves the last one
 * in force when a template no longer has any ([issue][1]), and that one would refuse even CloudFront once the edge's secret is replaced.
 *
 * Conditions of a resource policy can look at two headers only, `Referer` and `User-Agent` ([AWS][2]), so the proof comes in one of
 * them too. A call that is refused reaches no function and costs nothing.
 *
 * [1]: https://github.com/aws/aws-cdk/issues/21840
 * [2]: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
export function resourcePolicy({ directCalls, proof }: ResourcePolicyProps): PolicyDocument {
  const accepted = proof.accepted.length > 1 ? proof.accepted : proof.value;
  const statement = new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: ['execute-api:Invoke'],
    resources: ['execute-api:/*'],
    ...(directCalls === 'off' && { conditions: { StringEquals: { 'aws:Referer': accepted } } }),
  });
  return new PolicyDocument({ statements: [statement] });
}
