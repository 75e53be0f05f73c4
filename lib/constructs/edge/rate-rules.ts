import { Stack } from 'aws-cdk-lib';
import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes } from '../../../core/contract/routes.ts';
import type { EdgeProof } from './edge-proof.ts';

/** Calls from one address in five minutes. */
const limits = {
  /** Where guessing or flooding pays. */
  writes: 100,
  /** Ten a second sustained: enough for an office behind one address, and a small part of the stage's 200. */
  reads: 3000,
};

/**
 * AWS doesn't document whether a web ACL sees a REST API's path with the stage, so both match. Its regular expressions
 * have no capturing groups.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-regex-pattern-support.html
 */
const underV1 = (paths: string) => `^(?:/prod)?/v1/(?:${paths})(?:/|$)`;
/** The first part of every path that changes accounts or keys. */
const accountsAndKeys = underV1(
  [
    ...new Set(
      Object.values<RouteContract>(routes)
        .filter(({ access, method }) => access !== 'key' && method !== 'get')
        .filter((route) => route !== routes.createConsoleChatCompletion)
        .map(({ path }) => path.split('/')[2]),
    ),
  ].join('|'),
);
/** No usage plan stops these, since they come without a key or are not charged. */
const unfenced = underV1(
  [routes.countMessageTokens, routes.createConsoleChatCompletion]
    .map(({ path }) => path.slice('/v1/'.length))
    .join('|'),
);
const readingMethods = '^(?:GET|HEAD|OPTIONS)$';

export interface RateRulesProps {
  readonly proof: EdgeProof;
  readonly stage: Stage;
}

/**
 * A web ACL on the API stage that blocks an address for a while: early when it hammers sign-up, login or key routes,
 * later when it only reads. Calls through CloudFront come from CloudFront's addresses, so for them the viewer's network
 * counts, as CloudFront reports it.
 */
export class RateRules extends Construct {
  constructor(scope: Construct, id: string, { proof, stage }: RateRulesProps) {
    super(scope, id);
    const throughEdge = all(cameThroughEdge(proof), tellsViewer(proof));
    const rules = [
      ...bothWaysIn('writes', [path(accountsAndKeys), not(method(readingMethods))], throughEdge, proof),
      ...bothWaysIn('reads', [any(method(readingMethods), path(unfenced))], throughEdge, proof),
    ];
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(Stack.of(this).stackName),
      rules: rules.map((rule, priority) => ({ ...rule, priority })),
    });
    new CfnWebACLAssociation(this, 'OnStage', { resourceArn: stage.stageArn, webAclArn: acl.attrArn });
  }
}

/** One limit as two rules, since each way in has the address that counts in another place. */
function bothWaysIn(
  kind: keyof typeof limits,
  counted: CfnWebACL.StatementProperty[],
  throughEdge: CfnWebACL.StatementProperty,
  { networkHeaderName }: EdgeProof,
) {
  return [
    rateRule(`${kind}-of-caller`, limits[kind], {
      aggregateKeyType: 'IP',
      scopeDownStatement: all(...counted, not(throughEdge)),
    }),
    rateRule(`${kind}-of-viewer`, limits[kind], {
      aggregateKeyType: 'FORWARDED_IP',
      forwardedIpConfig: { headerName: networkHeaderName, fallbackBehavior: 'MATCH' },
      scopeDownStatement: all(...counted, throughEdge),
    }),
  ];
}

const asItIs = [{ priority: 0, type: 'NONE' }];

/**
 * API Gateway finds a route by the decoded path, so `log%69n` must be seen as `login`. What is encoded twice
 * reaches no route today. The second pass is a precaution, of another type since AWS doesn't document whether a type may
 * be repeated.
 */
const asRouted = [
  { priority: 0, type: 'URL_DECODE' },
  { priority: 1, type: 'URL_DECODE_UNI' },
  { priority: 2, type: 'NORMALIZE_PATH' },
];

function path(regexString: string): CfnWebACL.StatementProperty {
  return {
    regexMatchStatement: { fieldToMatch: { uriPath: {} }, regexString, textTransformations: asRouted },
  };
}

function method(regexString: string): CfnWebACL.StatementProperty {
  return { regexMatchStatement: { fieldToMatch: { method: {} }, regexString, textTransformations: asItIs } };
}

function cameThroughEdge({ headerName, accepted }: EdgeProof): CfnWebACL.StatementProperty {
  const [first, ...others] = accepted.map((value) => hasHeader(headerName, value));
  if (first === undefined) throw new Error('an edge proof has a value');
  // WAF takes an OR of two or more only.
  return others.length === 0 ? first : any(first, ...others);
}

function hasHeader(headerName: string, value: string): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: headerName } },
      positionalConstraint: 'EXACTLY',
      searchString: value,
      textTransformations: asItIs,
    },
  };
}

/** A rule that counts by a header ignores calls without it, so those fall to the other rule. */
function tellsViewer({ networkHeaderName }: EdgeProof): CfnWebACL.StatementProperty {
  return {
    sizeConstraintStatement: {
      fieldToMatch: { singleHeader: { Name: networkHeaderName } },
      comparisonOperator: 'GT',
      size: 0,
      textTransformations: asItIs,
    },
  };
}

function all(...statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  return { andStatement: { statements } };
}

function any(...statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  return { orStatement: { statements } };
}

function not(statement: CfnWebACL.StatementProperty): CfnWebACL.StatementProperty {
  return { notStatement: { statement } };
}

function rateRule(
  name: string,
  limit: number,
  count: Omit<CfnWebACL.RateBasedStatementProperty, 'limit' | 'evaluationWindowSec'>,
): Omit<CfnWebACL.RuleProperty, 'priority'> {
  return {
    name,
    action: { block: {} },
    visibilityConfig: visibility(name),
    statement: { rateBasedStatement: { limit, evaluationWindowSec: 300, ...count } },
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
