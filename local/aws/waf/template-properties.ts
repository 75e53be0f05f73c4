import { z } from 'zod';
import { numeric, tagList, truth } from '../apigateway/rest-api/template-properties.ts';

/**
 * CloudFormation's shapes of a web ACL and its association, as far as they are supported here. What these schemas do
 * not list is refused by name: ignoring a rule would admit what AWS stops.
 */

const name = z.string().regex(/^[\w-]{1,128}$/, 'must be letters, digits, hyphens and underscores');
const nothing = z.strictObject({});

const transformationTypes = [
  'NONE',
  'LOWERCASE',
  'URL_DECODE',
  'URL_DECODE_UNI',
  'NORMALIZE_PATH',
  'COMPRESS_WHITE_SPACE',
] as const;
export type TransformationType = (typeof transformationTypes)[number];

const textTransformations = z
  .array(
    z.strictObject({
      Priority: numeric,
      Type: z.enum(transformationTypes, {
        error: `must be one of ${transformationTypes.join(', ')}: no other is supported here`,
      }),
    }),
  )
  .min(1)
  .max(10)
  .refine(
    (all) => new Set(all.map(({ Priority }) => Priority)).size === all.length,
    'priorities must all be different',
  );
export type TextTransformations = z.output<typeof textTransformations>;

const fieldToMatch = z
  .strictObject({
    UriPath: nothing.optional(),
    Method: nothing.optional(),
    SingleHeader: z.strictObject({ Name: z.string().min(1).max(64) }).optional(),
  })
  .refine((parts) => Object.keys(parts).length === 1, 'must name one component of the request');
export type FieldToMatch = z.output<typeof fieldToMatch>;

const inspected = { FieldToMatch: fieldToMatch, TextTransformations: textTransformations };

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-regex-pattern-support.html */
const regex = z
  .string()
  .min(1)
  .max(512)
  .refine((text) => !/(?<!\\)\((?!\?)/.test(text), 'AWS WAF supports no capturing groups: write (?:…)')
  .refine((text) => !/\\[1-9CRK]/.test(text), 'AWS WAF supports no backreferences and no \\C, \\R and \\K')
  .refine(isRegex, 'is not a regular expression');

function isRegex(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const byteMatch = z.strictObject({
  ...inspected,
  SearchString: z.string().min(1).max(200),
  PositionalConstraint: z.enum(['EXACTLY', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS']),
});
const regexMatch = z.strictObject({ ...inspected, RegexString: regex });
const sizeConstraint = z.strictObject({
  ...inspected,
  ComparisonOperator: z.enum(['EQ', 'NE', 'LE', 'LT', 'GE', 'GT']),
  Size: numeric,
});

interface StatementShape {
  ByteMatchStatement?: z.output<typeof byteMatch> | undefined;
  RegexMatchStatement?: z.output<typeof regexMatch> | undefined;
  SizeConstraintStatement?: z.output<typeof sizeConstraint> | undefined;
  AndStatement?: { Statements: StatementShape[] } | undefined;
  OrStatement?: { Statements: StatementShape[] } | undefined;
  NotStatement?: { Statement: StatementShape } | undefined;
}
export type Statement = StatementShape;

const statement: z.ZodType<StatementShape> = z.lazy(() =>
  z.strictObject(matching).refine(hasOne, 'must be one statement'),
);
const several = z.strictObject({ Statements: z.array(statement).min(2, 'must hold two statements or more') });
const matching = {
  ByteMatchStatement: byteMatch.optional(),
  RegexMatchStatement: regexMatch.optional(),
  SizeConstraintStatement: sizeConstraint.optional(),
  AndStatement: several.optional(),
  OrStatement: several.optional(),
  NotStatement: z.strictObject({ Statement: statement }).optional(),
};

function hasOne(parts: object): boolean {
  return Object.values(parts).filter((part) => part !== undefined).length === 1;
}

const rateBased = z
  .strictObject({
    Limit: numeric.pipe(z.number().int().min(10).max(2_000_000_000)),
    EvaluationWindowSec: numeric
      .pipe(z.union([60, 120, 300, 600].map((each) => z.literal(each))))
      .default(300),
    AggregateKeyType: z.enum(['IP', 'FORWARDED_IP', 'CONSTANT'], {
      error: 'must be IP, FORWARDED_IP or CONSTANT: custom keys are not supported here',
    }),
    ForwardedIPConfig: z
      .strictObject({ HeaderName: z.string().min(1), FallbackBehavior: z.enum(['MATCH', 'NO_MATCH']) })
      .optional(),
    ScopeDownStatement: statement.optional(),
  })
  .refine(
    (rate) => (rate.AggregateKeyType === 'FORWARDED_IP') === (rate.ForwardedIPConfig !== undefined),
    'ForwardedIPConfig belongs to the key type FORWARDED_IP, and must be there with it',
  )
  .refine(
    (rate) => rate.AggregateKeyType !== 'CONSTANT' || rate.ScopeDownStatement !== undefined,
    'the key type CONSTANT needs a ScopeDownStatement',
  );
export type RateBasedStatement = z.output<typeof rateBased>;

const action = z
  .strictObject({ Block: nothing.optional(), Allow: nothing.optional(), Count: nothing.optional() })
  .refine(hasOne, 'must be one of Block, Allow and Count, without a custom response');

const visibility = z.strictObject({
  CloudWatchMetricsEnabled: truth,
  MetricName: z.string().regex(/^[\w#:./-]{1,255}$/),
  SampledRequestsEnabled: truth,
});

const rule = z.strictObject({
  Name: name,
  Priority: numeric,
  Action: action,
  Statement: z
    .strictObject({ ...matching, RateBasedStatement: rateBased.optional() })
    .refine(hasOne, 'must be one statement'),
  VisibilityConfig: visibility,
});
export type Rule = z.output<typeof rule>;

const distinct = (field: 'Name' | 'Priority') => (rules: Rule[]) =>
  new Set(rules.map((each) => each[field])).size === rules.length;

export const webAclProperties = z.strictObject({
  Name: name.optional(),
  Description: z.string().optional(),
  Scope: z.literal('REGIONAL', { error: 'must be REGIONAL: no other place than a stage is supported here' }),
  DefaultAction: z
    .strictObject({ Allow: nothing.optional(), Block: nothing.optional() })
    .refine(hasOne, 'must be Allow or Block'),
  Rules: z
    .array(rule)
    .default([])
    .refine(distinct('Name'), 'names must all be different')
    .refine(distinct('Priority'), 'priorities must all be different'),
  VisibilityConfig: visibility,
  Tags: tagList,
});
export type WebAclProperties = z.output<typeof webAclProperties>;

export const associationProperties = z.strictObject({ ResourceArn: z.string(), WebACLArn: z.string() });
export type AssociationProperties = z.output<typeof associationProperties>;
