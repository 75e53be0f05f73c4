import { holds } from './conditions.ts';
import { parameterValue } from './parameters.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import type { CreatedResource } from './resource-provider.ts';
import type { Scope } from './scope.ts';
import type { Template } from './template.ts';
import { TemplateError } from './template-error.ts';

export interface StackScopeOptions {
  readonly template: Template;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Filled while the stack is deployed; a name that isn't there yet can't be referred to. */
  readonly created: ReadonlyMap<string, CreatedResource>;
}

/** Looks names up in one stack: its template and the resources made so far. */
export function createStackScope(options: StackScopeOptions): Scope {
  const { template, stackName, parameters, created } = options;
  const pseudo = pseudoParameters(stackName);
  const decided = new Map<string, boolean | 'deciding'>();

  const scope: Scope = {
    reference(name, path) {
      if (pseudo.has(name)) return pseudo.get(name);
      const parameter = template.Parameters?.[name];
      return parameter === undefined ? resource(name, path).ref : parameterValue(name, parameter, parameters);
    },
    attribute(logicalId, attribute, path) {
      const value = resource(logicalId, path).attributes[attribute];
      if (value !== undefined) return value;
      const type = template.Resources[logicalId]?.Type;
      throw new TemplateError(path, `attribute ${attribute} of ${logicalId} (${type}) is not supported.`);
    },
    mapping(map, topKey, secondKey, path) {
      const value = template.Mappings?.[map]?.[topKey]?.[secondKey];
      if (value === undefined)
        throw new TemplateError(path, `Mappings.${map}.${topKey}.${secondKey} doesn't exist.`);
      return value;
    },
    condition(name, path) {
      const known = decided.get(name);
      if (known === 'deciding') throw new TemplateError(path, `condition ${name} depends on itself.`);
      if (known !== undefined) return known;
      const definition = template.Conditions?.[name];
      if (definition === undefined) throw new TemplateError(path, `condition ${name} doesn't exist.`);
      decided.set(name, 'deciding');
      const result = holds(definition, scope, `Conditions.${name}`);
      decided.set(name, result);
      return result;
    },
  };
  return scope;

  function resource(logicalId: string, path: string): CreatedResource {
    const found = created.get(logicalId);
    if (found !== undefined) return found;
    throw new TemplateError(
      path,
      template.Resources[logicalId] === undefined
        ? `nothing in the template is called ${logicalId}.`
        : `${logicalId} was left out by its condition.`,
    );
  }
}
