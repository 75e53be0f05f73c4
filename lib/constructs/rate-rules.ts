import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { EdgeProof } from './edge-proof.ts';

/** Writing calls of one address in five minutes on the routes where guessing or flooding pays. */
const callsPerFiveMinutes = 100;
const guardedPath = '^/prod/v1/(register|login|session|password|me/password|api-keys?|secrets)(/|$)';

export interface RateRulesProps {
  readonly proof: EdgeProof;
  readonly stage: Stage;
}

/**
 * A web ACL on the API stage: an address that hammers sign-up, login or key routes is stopped for a while. Calls
 * through CloudFront all come from its addresses, so there the viewer's own counts, by CloudFront's word.
 */
export class RateRules extends Construct {
  constructor(scope: Construct, id: string, { proof, stage }: RateRulesProps) {
    super(scope, id);
    const throughEdge = all(cameThroughEdge(proof), tellsViewer(proof));
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('daypass'),
      rules: [
        rateRule('calling-address', 0, {
          aggregateKeyType: 'IP',
          scopeDownStatement: all(...guarded, not(throughEdge)),
        }),
        rateRule('viewer-address', 1, {
          aggregateKeyType: 'FORWARDED_IP',
          forwardedIpConfig: { headerName: proof.viewerHeaderName, fallbackBehavior: 'MATCH' },
          scopeDownStatement: all(...guarded, throughEdge),
        }),
      ],
    });
    new CfnWebACLAssociation(this, 'OnStage', { resourceArn: stage.stageArn, webAclArn: acl.attrArn });
  }
}

const asItIs = [{ priority: 0, type: 'NONE' }];

/** Reading doesn't count: there is nothing to guess, and a whole office may look at its keys from one address. */
const guarded: readonly CfnWebACL.StatementProperty[] = [
  {
    regexMatchStatement: {
      fieldToMatch: { uriPath: {} },
      regexString: guardedPath,
      textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
    },
  },
  not({
    regexMatchStatement: {
      fieldToMatch: { method: {} },
      regexString: '^(GET|HEAD|OPTIONS)$',
      textTransformations: asItIs,
    },
  }),
];

function cameThroughEdge({ headerName, value }: EdgeProof): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: headerName } },
      positionalConstraint: 'EXACTLY',
      searchString: value,
      textTransformations: asItIs,
    },
  };
}

/** A rule that counts by a header leaves a call without it alone, so such a call is the other rule's. */
function tellsViewer({ viewerHeaderName }: EdgeProof): CfnWebACL.StatementProperty {
  return {
    sizeConstraintStatement: {
      fieldToMatch: { singleHeader: { Name: viewerHeaderName } },
      comparisonOperator: 'GT',
      size: 0,
      textTransformations: asItIs,
    },
  };
}

function all(...statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  return { andStatement: { statements } };
}

function not(statement: CfnWebACL.StatementProperty): CfnWebACL.StatementProperty {
  return { notStatement: { statement } };
}

function rateRule(
  name: string,
  priority: number,
  count: Omit<CfnWebACL.RateBasedStatementProperty, 'limit' | 'evaluationWindowSec'>,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    action: { block: {} },
    visibilityConfig: visibility(name),
    statement: { rateBasedStatement: { limit: callsPerFiveMinutes, evaluationWindowSec: 300, ...count } },
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
