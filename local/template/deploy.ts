import { findCdkHandlers } from './cdk-handlers.ts';
import type { SecretStrings } from './dynamic-references.ts';
import type { Assembly } from './load-assembly.ts';
import { deploymentOrder } from './order.ts';
import { environment, stackIdOf } from './pseudo-parameters.ts';
import { resolve, resolveProperties } from './resolve.ts';
import type { CreatedResource, ProviderContext, ResourceProvider } from './resource-provider.ts';
import type { Scope } from './scope.ts';
import { createStackScope } from './stack-scope.ts';
import { standInNames } from './stand-in-names.ts';
import type { ResourceDefinition, Template } from './template.ts';
import { TemplateError } from './template-error.ts';

export interface DeployContext {
  /** Values for the template's parameters, over their defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** For properties that refer to secrets. */
  readonly secrets?: SecretStrings;
}

export interface DeployedResource extends CreatedResource {
  readonly type: string;
}

export interface DeployedStack {
  /** By logical id, in the order they were made. */
  readonly resources: ReadonlyMap<string, DeployedResource>;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Makes every resource of the stack in its stand-in.
 * @param providers one per resource type
 * @param ignoredTypes type → why it means nothing here
 * @throws TemplateError; before anything is made when a type is unsupported, listing all of them
 */
export async function deploy(
  assembly: Assembly,
  providers: readonly ResourceProvider[],
  ignoredTypes: ReadonlyMap<string, string>,
  context: DeployContext = {},
): Promise<DeployedStack> {
  const { template, stackName, assets } = assembly;
  checkTransforms(template);
  const created = new Map<string, DeployedResource>();
  const scope = createStackScope({ template, stackName, parameters: context.parameters ?? {}, created });
  const resources = wantedResources(template, scope);
  const byType = new Map(providers.map((provider) => [provider.type, provider]));
  const cdkHandlers = findCdkHandlers(template, new Set(ignoredTypes.keys()));
  checkTypes(resources, (type) => byType.has(type) || ignoredTypes.has(type));

  const propertiesOf = (logicalId: string, { Properties = {} }: ResourceDefinition) =>
    resolveProperties(
      Properties,
      scope,
      context.secrets ?? (() => undefined),
      `Resources.${logicalId}.Properties`,
    );
  const providerContext: ProviderContext = { stackName, stackId: stackIdOf(stackName), environment, assets };
  for (const logicalId of deploymentOrder(resources)) {
    const resource = resources.get(logicalId);
    if (resource === undefined) continue;
    const provider = cdkHandlers.has(logicalId) ? undefined : byType.get(resource.Type);
    const made =
      provider === undefined
        ? standInNames(logicalId, resource.Type, providerContext)
        : await create(provider, logicalId, propertiesOf(logicalId, resource), providerContext);
    created.set(logicalId, { type: resource.Type, ref: made.ref, attributes: made.attributes });
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

function wantedResources(template: Template, scope: Scope): Map<string, ResourceDefinition> {
  return new Map(
    Object.entries(template.Resources).filter(
      ([logicalId, { Condition }]) =>
        Condition === undefined || scope.condition(Condition, `Resources.${logicalId}.Condition`),
    ),
  );
}

function checkTypes(
  resources: ReadonlyMap<string, ResourceDefinition>,
  isKnown: (type: string) => boolean,
): void {
  const unsupported = new Map<string, string[]>();
  for (const [logicalId, { Type }] of resources)
    if (!isKnown(Type)) unsupported.set(Type, [...(unsupported.get(Type) ?? []), logicalId]);
  if (unsupported.size === 0) return;
  const lines = [...unsupported].map(([type, logicalIds]) => `  ${type}: ${logicalIds.join(', ')}`);
  throw new TemplateError('', `The local runtime doesn't support these resource types:\n${lines.join('\n')}`);
}

/** CDK adds this one itself when a template uses Fn::Length or Fn::ToJsonString. */
const languageExtensions = 'AWS::LanguageExtensions';

function checkTransforms({ Transform = [] }: Template): void {
  const transforms = typeof Transform === 'string' ? [Transform] : Transform;
  const macro = transforms.find((name) => name !== languageExtensions);
  if (macro !== undefined) throw new TemplateError('Transform', `${macro} is not supported.`);
}

function resolveOutputs(template: Template, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.Outputs ?? {})
      .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition, 'Outputs'))
      .map(([name, { Value }]) => [name, String(resolve(Value, scope, `Outputs.${name}.Value`))]),
  );
}
