import { findCdkHandlers } from './cdk-handlers.ts';
import type { SecretStrings } from './dynamic-references.ts';
import type { Scope } from './intrinsic.ts';
import type { Assembly } from './load-assembly.ts';
import { deploymentOrder } from './order.ts';
import { environment } from './pseudo-parameters.ts';
import { resolve, resolveProperties } from './resolve.ts';
import type { CreatedResource, ProviderContext, ResourceProvider } from './resource-provider.ts';
import { createStackScope } from './stack-scope.ts';
import { standInNames } from './stand-in-names.ts';
import { type Template, TemplateError } from './template.ts';

export interface DeployedResource extends CreatedResource {
  readonly type: string;
}

export interface DeployedStack {
  /** By logical id, in the order of creation. */
  readonly resources: ReadonlyMap<string, DeployedResource>;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Creates every resource of the stack in its stand-in.
 * @param providers one per resource type
 * @param ignoredTypes type → why it means nothing here
 * @param secrets for properties that refer to secrets
 * @throws TemplateError; for unsupported types before anything is created, listing all of them
 */
export async function deploy(
  assembly: Assembly,
  providers: readonly ResourceProvider[],
  ignoredTypes: ReadonlyMap<string, string>,
  secrets: SecretStrings = () => undefined,
): Promise<DeployedStack> {
  const { template, stackName, assets } = assembly;
  const byType = new Map(providers.map((provider) => [provider.type, provider]));
  refuseTransforms(template);
  refuseConditions(template);
  refuseUnknownTypes(template, (type) => byType.has(type) || ignoredTypes.has(type));

  const created = new Map<string, DeployedResource>();
  const scope = createStackScope({ template, stackName, created });
  const context: ProviderContext = { stackName, environment, assets };
  const cdkHandlers = findCdkHandlers(template, new Set(ignoredTypes.keys()));
  const resources = new Map(Object.entries(template.Resources));
  for (const logicalId of deploymentOrder(resources)) {
    const resource = resources.get(logicalId);
    if (resource === undefined) continue;
    const { Type: type, Properties = {} } = resource;
    const provider = cdkHandlers.has(logicalId) ? undefined : byType.get(type);
    const path = `Resources.${logicalId}.Properties`;
    const { ref, attributes } =
      provider === undefined
        ? standInNames(logicalId, type, context)
        : await create(provider, logicalId, resolveProperties(Properties, scope, secrets, path), context);
    created.set(logicalId, { type, ref, attributes });
  }
  return { resources: created, outputs: resolveOutputs(template, scope) };
}

async function create(
  provider: ResourceProvider,
  logicalId: string,
  properties: Record<string, unknown>,
  context: ProviderContext,
): Promise<CreatedResource> {
  try {
    return await provider.create(logicalId, properties, context);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`Resources.${logicalId} (${provider.type})`, message);
  }
}

function refuseUnknownTypes({ Resources }: Template, isKnown: (type: string) => boolean): void {
  const unknown = Map.groupBy(
    Object.entries(Resources).filter(([, { Type }]) => !isKnown(Type)),
    ([, { Type }]) => Type,
  );
  if (unknown.size === 0) return;
  const lines = [...unknown].map(
    ([type, resources]) => `  ${type}: ${resources.map(([logicalId]) => logicalId).join(', ')}`,
  );
  throw new TemplateError('', `The local runtime doesn't support these resource types:\n${lines.join('\n')}`);
}

function refuseTransforms({ Transform = [] }: Template): void {
  const [macro] = typeof Transform === 'string' ? [Transform] : Transform;
  if (macro !== undefined) throw new TemplateError('Transform', `${macro} is not supported.`);
}

function refuseConditions({ Resources, Outputs = {} }: Template): void {
  for (const [section, parts] of Object.entries({ Resources, Outputs })) {
    const name = Object.keys(parts).find((part) => parts[part]?.Condition !== undefined);
    if (name !== undefined) {
      throw new TemplateError(`${section}.${name}.Condition`, 'conditions are not supported.');
    }
  }
}

function resolveOutputs({ Outputs = {} }: Template, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Outputs).map(([name, { Value }]) => [
      name,
      String(resolve(Value, scope, `Outputs.${name}.Value`)),
    ]),
  );
}
