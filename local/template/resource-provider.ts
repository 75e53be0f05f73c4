import type { Assets } from './assets.ts';
import type { Environment } from './pseudo-parameters.ts';

/** What a resource is to the rest of the template. */
export interface CreatedResource {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt` by attribute name; one that isn't here can't be asked for. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ProviderContext {
  readonly stackName: string;
  readonly stackId: string;
  readonly environment: Environment;
  readonly assets: Assets;
}

/**
 * Brings one resource type to life in its stand-in. `create` runs at every start, in dependency order, so it
 * must be repeatable: same logical id, same physical id, data kept.
 */
export interface ResourceProvider {
  readonly type: string;
  /** @param properties resolved: no intrinsic functions are left in them */
  create(
    logicalId: string,
    properties: Record<string, unknown>,
    context: ProviderContext,
  ): Promise<CreatedResource> | CreatedResource;
}
