import type { Stack } from 'aws-cdk-lib';
import type { ModelSettings } from '../settings.ts';

/**
 * Exactly what calling these models takes. A `global.` profile needs itself, the model in this Region and the
 * model without a Region; a geographic one needs itself and the model in each of its Regions (Bedrock user
 * guide, cross-Region inference).
 */
export function modelArns(models: readonly ModelSettings[], stack: Stack): string[] {
  return models.flatMap((model) => {
    const arnIn = (region: string) =>
      `arn:${stack.partition}:bedrock:${region}::foundation-model/${model.modelId}`;
    const profile = model.inferenceProfile;
    if (profile === undefined) return [arnIn(stack.region)];
    const own = `arn:${stack.partition}:bedrock:${stack.region}:${stack.account}:inference-profile/${profile}`;
    return [own, ...(model.inferenceRegions ?? [stack.region, '']).map(arnIn)];
  });
}
