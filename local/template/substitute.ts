import type { Call } from './intrinsic.ts';
import { isRecord, TemplateError } from './template.ts';

const placeholder = /\$\{([^}]*)\}/g;

/** Names `Fn::Sub` looks up, without the literals (`${!Name}`) and the names its own map defines. */
export function namesIn(argument: unknown): string[] {
  const { template, variables } = parts(argument);
  return Array.from(template.matchAll(placeholder), (match) => (match[1] ?? '').trim()).filter(
    (name) => !name.startsWith('!') && !Object.hasOwn(variables, name),
  );
}

/** `Fn::Sub`, as text or as text with a map of its own names. */
export function substitute({ argument, path, scope, resolve }: Call): string {
  const { template, variables } = parts(argument);
  return template.replace(placeholder, (_whole, inner: string) => {
    const name = inner.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    return asText(Object.hasOwn(variables, name) ? resolve(variables[name], `.${name}`) : lookUp(name), name);
  });

  function lookUp(name: string): unknown {
    const dot = name.indexOf('.');
    return dot === -1
      ? scope.reference(name, path)
      : scope.attribute(name.slice(0, dot), name.slice(dot + 1), path);
  }

  function asText(value: unknown, name: string): string {
    if (typeof value === 'object' || typeof value === 'symbol' || value === undefined)
      throw new TemplateError(path, `\${${name}} is not text.`);
    return String(value);
  }
}

function parts(argument: unknown): { template: string; variables: Record<string, unknown> } {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return {
    template: typeof template === 'string' ? template : '',
    variables: isRecord(variables) ? variables : {},
  };
}
