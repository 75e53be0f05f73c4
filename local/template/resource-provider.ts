import type { Assets } from './load-assembly.ts';
import type { Environment } from './pseudo-parameters.ts';

/** What a resource is to the rest of the template. */
export interface CreatedResource {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt` by attribute name; any other is refused by name. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ProviderContext {
  readonly stackName: string;
  readonly environment: Environment;
  readonly assets: Assets;
}

/**
 * Creates the resources of one type in their stand-in. `create` runs at every start, in dependency order, so it must be
 * repeatable: the same logical id gives the same physical id, and data is kept.
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
