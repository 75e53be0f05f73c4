import { namesIn } from './substitute.ts';
import { isRecord, type ResourceDefinition } from './template.ts';

/** Every name that a value refers to by Ref, Fn::GetAtt or Fn::Sub: resources and pseudo parameters. */
export function referencesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  collect(value, names);
  return names;
}

/** Names that must exist before a resource can be created. */
export function dependenciesOf(resource: ResourceDefinition): Set<string> {
  const names = referencesIn(resource.Properties);
  const { DependsOn = [] } = resource;
  for (const name of typeof DependsOn === 'string' ? [DependsOn] : DependsOn) names.add(name);
  return names;
}

function collect(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, names);
  if (!isRecord(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'Ref' && typeof item === 'string') names.add(item);
    else if (key === 'Fn::GetAtt') names.add(attributeOwner(item));
    else if (key === 'Fn::Sub') for (const name of namesIn(item)) names.add(name.split('.', 1)[0] ?? name);
    collect(item, names);
  }
}

function attributeOwner(argument: unknown): string {
  const owner = Array.isArray(argument) ? argument[0] : String(argument).split('.', 1)[0];
  return String(owner);
}
