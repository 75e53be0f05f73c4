import { dependenciesOf } from './find-references.ts';
import { type ResourceDefinition, TemplateError } from './template.ts';

/**
 * Logical ids, each after everything it depends on, otherwise as in the template.
 * @param resources names outside of it are no dependencies
 * @throws TemplateError naming the members of a cycle
 */
export function deploymentOrder(resources: ReadonlyMap<string, ResourceDefinition>): string[] {
  const ordered = new Set<string>();
  const trail: string[] = [];

  function visit(logicalId: string): void {
    const resource = resources.get(logicalId);
    if (resource === undefined || ordered.has(logicalId)) return;
    const start = trail.indexOf(logicalId);
    if (start !== -1)
      throw new TemplateError(
        'Resources',
        `circular dependency: ${[...trail.slice(start), logicalId].join(' → ')}.`,
      );
    trail.push(logicalId);
    for (const name of dependenciesOf(resource)) visit(name);
    trail.pop();
    ordered.add(logicalId);
  }

  for (const logicalId of resources.keys()) visit(logicalId);
  return [...ordered];
}
