import { list } from './intrinsic.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';
import { isRecord } from './template.ts';
import { TemplateError } from './template-error.ts';

/**
 * Whether a condition holds: a name's definition, or an expression inside one. Equality is of text, as in
 * CloudFormation, where `1` equals `"1"`.
 */
export function holds(expression: unknown, scope: Scope, path: string): boolean {
  const [name, argument] = isRecord(expression) ? (Object.entries(expression)[0] ?? []) : [];
  const here = `${path}.${name}`;
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument), here);
    case 'Fn::Equals': {
      const [left, right] = list(argument, here).map((side) => resolve(side, scope, here));
      return comparable(left) === comparable(right);
    }
    case 'Fn::Not':
      return !holds(list(argument, here)[0], scope, here);
    case 'Fn::And':
      return list(argument, here).every((part) => holds(part, scope, here));
    case 'Fn::Or':
      return list(argument, here).some((part) => holds(part, scope, here));
    default:
      throw new TemplateError(path, `${name ?? String(expression)} is not a condition function.`);
  }
}

const comparable = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
