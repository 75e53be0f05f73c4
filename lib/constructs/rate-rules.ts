import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Calls of one address in five minutes on the routes where guessing or flooding pays. */
const callsPerFiveMinutes = 100;
const guardedPath = '^/prod/v1/(register|login|password|api-keys?|secrets)(/|$)';

/** A web ACL on the API stage: an address that hammers sign-up, login or key routes is stopped for a while. */
export class RateRules extends Construct {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('daypass'),
      rules: [rateRule('calling-address', 0), rateRule('forwarded-address', 1)],
    });
    new CfnWebACLAssociation(this, 'OnStage', { resourceArn: stage.stageArn, webAclArn: acl.attrArn });
  }
}

/**
 * Direct calls are told apart by their own address. Calls through CloudFront all come from its addresses, so
 * the first rule would stop everybody at once: there the address that CloudFront forwards counts.
 */
function rateRule(name: 'calling-address' | 'forwarded-address', priority: number): CfnWebACL.RuleProperty {
  const throughEdge: CfnWebACL.StatementProperty = {
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: 'via' } },
      positionalConstraint: 'CONTAINS',
      searchString: 'CloudFront',
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
  const guarded: CfnWebACL.StatementProperty = {
    regexMatchStatement: {
      fieldToMatch: { uriPath: {} },
      regexString: guardedPath,
      textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
    },
  };
  const forwarded = name === 'forwarded-address';
  return {
    name,
    priority,
    action: { block: {} },
    visibilityConfig: visibility(name),
    statement: {
      rateBasedStatement: {
        limit: callsPerFiveMinutes,
        evaluationWindowSec: 300,
        ...(forwarded
          ? {
              aggregateKeyType: 'FORWARDED_IP',
              forwardedIpConfig: { headerName: 'X-Forwarded-For', fallbackBehavior: 'MATCH' },
            }
          : { aggregateKeyType: 'IP' }),
        scopeDownStatement: {
          andStatement: {
            statements: [guarded, forwarded ? throughEdge : { notStatement: { statement: throughEdge } }],
          },
        },
      },
    },
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
