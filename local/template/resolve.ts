import { refuseDynamicReferences, type SecretStrings, withDynamicReferences } from './dynamic-references.ts';
import { noValue, type Scope } from './intrinsic.ts';
import { intrinsics } from './known-intrinsics.ts';
import { isRecord, TemplateError } from './template.ts';

/** Replaces every intrinsic function in `value`. A property or list item that is `AWS::NoValue` is dropped. */
export function resolve(value: unknown, scope: Scope, path: string): unknown {
  const resolved = resolveKeepingNoValue(value, scope, path);
  refuseDynamicReferences(resolved, path);
  return resolved === noValue ? undefined : resolved;
}

/** A resource's properties may also refer to secrets. */
export function resolveProperties(
  properties: Record<string, unknown>,
  scope: Scope,
  secrets: SecretStrings,
  path: string,
): Record<string, unknown> {
  const resolved = withDynamicReferences(resolveKeepingNoValue(properties, scope, path), secrets, path);
  return isRecord(resolved) ? resolved : {};
}

function resolveKeepingNoValue(value: unknown, scope: Scope, path: string): unknown {
  if (Array.isArray(value))
    return value
      .map((item, index) => resolveKeepingNoValue(item, scope, `${path}[${index}]`))
      .filter((item) => item !== noValue);
  if (!isRecord(value)) return value;

  const keys = Object.keys(value);
  const [name] = keys;
  if (name !== undefined && keys.length === 1 && (name === 'Ref' || name.startsWith('Fn::')))
    return call(name, value[name], scope, path);
  const misplaced = keys.find((key) => key.startsWith('Fn::'));
  if (misplaced !== undefined)
    throw new TemplateError(path, `${misplaced} must be the only key of its object.`);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, resolveKeepingNoValue(item, scope, `${path}.${key}`)] as const)
      .filter(([, item]) => item !== noValue),
  );
}

function call(name: string, argument: unknown, scope: Scope, path: string): unknown {
  const intrinsic = intrinsics.get(name);
  if (intrinsic === undefined) throw new TemplateError(path, `${name} is not supported.`);
  return intrinsic({
    argument,
    path: `${path}.${name}`,
    scope,
    resolve: (value, step = '') => resolveKeepingNoValue(value, scope, `${path}.${name}${step}`),
  });
}
