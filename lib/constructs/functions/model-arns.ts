import type { Stack } from 'aws-cdk-lib';
import type { ModelSettings } from '../../settings.ts';

/** A model of either kind. */
export type NamedModel = Pick<ModelSettings, 'modelId' | 'inferenceProfile' | 'inferenceRegions'>;

/**
 * The resources that calling these models needs. A `global.` profile needs itself, the model in this Region and the
 * model without a Region; a geographic one needs itself and the model in each of its Regions (Bedrock user
 * guide, cross-Region inference).
 */
export function modelArns(models: readonly NamedModel[], stack: Stack): string[] {
  return models.flatMap((model) => {
    const arnIn = (region: string) => foundationModelArn(model, stack, region);
    const profile = model.inferenceProfile;
    if (profile === undefined) return [arnIn(stack.region)];
    const own = `arn:${stack.partition}:bedrock:${stack.region}:${stack.account}:inference-profile/${profile}`;
    return [own, ...(model.inferenceRegions ?? [stack.region, '']).map(arnIn)];
  });
}

/** The model itself, in this Region unless another is named. */
export function foundationModelArn(
  { modelId }: Pick<NamedModel, 'modelId'>,
  stack: Stack,
  region = stack.region,
): string {
  return `arn:${stack.partition}:bedrock:${region}::foundation-model/${modelId}`;
}
