import { z } from 'zod';

/**
 * A REST API's resource policy, as far as it is supported here. What these schemas don't list, other condition keys
 * among it, is refused by name: it would open or close the API.
 */

const texts = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());
const anyone = z.union([z.literal('*'), z.strictObject({ AWS: z.literal('*') })]);
const conditionKeys = ['aws:Referer', 'aws:UserAgent'] as const;
type ConditionKey = (typeof conditionKeys)[number];
const expected = z.partialRecord(z.enum(conditionKeys), texts);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: anyone,
  Action: texts.refine(
    (actions) => actions.every((action) => action === 'execute-api:Invoke'),
    'must be execute-api:Invoke',
  ),
  Resource: texts.refine(
    (resources) => resources.every((resource) => resource === 'execute-api:/*'),
    'must be execute-api:/*',
  ),
  Condition: z
    .strictObject({ StringEquals: expected.optional(), StringNotEquals: expected.optional() })
    .default({}),
});

const policyDocument = z.strictObject({
  Version: z.string().optional(),
  Statement: z.preprocess((value) => [value].flat(), z.array(statement).min(1)),
});
type Statement = z.output<typeof statement>;

/** A policy as a template has it: an object, or its JSON as text. */
export const resourcePolicy = z
  .preprocess((value) => (typeof value === 'string' ? JSON.parse(value) : value), policyDocument)
  .transform((document) => document.Statement);

/**
 * Whether a policy lets a call through: a Deny that applies wins, and without an Allow that applies nothing does, also
 * behind a Cognito authorizer ([AWS][1]).
 * @param header of the call, undefined if it has none of that name
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function lets(policy: readonly Statement[], header: (name: string) => string | undefined): boolean {
  const values: Record<ConditionKey, string | undefined> = {
    'aws:Referer': header('referer'),
    'aws:UserAgent': header('user-agent'),
  };
  const applies = ({ Condition: { StringEquals = {}, StringNotEquals = {} } }: Statement) =>
    conditionKeys.every((key) => {
      const value = values[key];
      const [equal, unequal] = [StringEquals[key], StringNotEquals[key]];
      // A key that the call lacks equals nothing.
      const isIn = (list: readonly string[]) => value !== undefined && list.includes(value);
      return (equal === undefined || isIn(equal)) && (unequal === undefined || !isIn(unequal));
    });
  const effects = policy.filter(applies).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

export type ResourcePolicy = z.output<typeof resourcePolicy>;
