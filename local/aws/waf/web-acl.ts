import type { Clock } from '../../clock.ts';
import type { InspectedRequest } from './inspected-request.ts';
import { compileRateRule } from './rate-rule.ts';
import { compileStatement, type Matches } from './statements.ts';
import type { Rule, WebAclProperties } from './template-properties.ts';

/** Decides on a request. @returns the name of the rule that stops it (`Default_Action` is AWS's), if it is stopped */
export type WebAcl = (request: InspectedRequest) => string | undefined;

/**
 * The rules of a web ACL from the lowest priority to the highest; the first that blocks or allows ends it, and rules
 * behind it count nothing.
 */
export function compileWebAcl({ Rules, DefaultAction }: WebAclProperties, clock: Clock): WebAcl {
  const rules = Rules.toSorted((one, other) => one.Priority - other.Priority).map((rule) => ({
    name: rule.Name,
    action: rule.Action,
    matches: compileRule(rule, clock),
  }));
  return (request) => {
    for (const { name, action, matches } of rules) {
      if (!matches(request) || action.Count !== undefined) continue;
      return action.Block === undefined ? undefined : name;
    }
    return DefaultAction.Block === undefined ? undefined : 'Default_Action';
  };
}

function compileRule({ Statement: { RateBasedStatement: rate, ...other } }: Rule, clock: Clock): Matches {
  return rate === undefined ? compileStatement(other) : compileRateRule(rate, clock);
}
