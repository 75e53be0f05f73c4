import type { Scope } from './intrinsic.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import type { CreatedResource } from './resource-provider.ts';
import { type Template, TemplateError } from './template.ts';

export interface StackScopeOptions {
  readonly template: Template;
  readonly stackName: string;
  /** Filled while the stack is deployed: what isn't there yet can't be referred to. */
  readonly created: ReadonlyMap<string, CreatedResource>;
}

/** Looks names up in one stack: its pseudo parameters and the resources created so far. */
export function createStackScope({ template, stackName, created }: StackScopeOptions): Scope {
  const pseudo = pseudoParameters(stackName);
  const resource = (name: string, path: string): CreatedResource => {
    const found = created.get(name);
    if (found === undefined) {
      throw new TemplateError(path, `no resource is called ${name}; parameters are not supported.`);
    }
    return found;
  };
  return {
    reference: (name, path) => (pseudo.has(name) ? pseudo.get(name) : resource(name, path).ref),
    attribute(logicalId, attribute, path) {
      const value = resource(logicalId, path).attributes[attribute];
      if (value !== undefined) return value;
      const type = template.Resources[logicalId]?.Type;
      throw new TemplateError(path, `attribute ${attribute} of ${logicalId} (${type}) is not supported.`);
    },
  };
}
