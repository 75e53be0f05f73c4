import {
  type BedrockClient,
  GetFoundationModelAvailabilityCommand,
  GetInferenceProfileCommand,
} from '@aws-sdk/client-bedrock';
import type { Settings } from '../../lib/settings.ts';
import { asked, fix, look, ok, type Seen } from './check.ts';

type Model = Settings['models'][number] | Settings['embeddingModels'][number];

/** Each model that Bedrock serves: whether this account may call it in this Region. */
export async function checkModels(
  bedrock: BedrockClient,
  { models, embeddingModels }: Pick<Settings, 'models' | 'embeddingModels'>,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const model of [...models, ...embeddingModels]) {
    if (!model.provider.startsWith('bedrock')) continue;
    const what = `model ${model.name}`;
    seen.push(
      ...(await asked(what, 'bedrock:GetFoundationModelAvailability and bedrock:GetInferenceProfile', () =>
        checkModel(bedrock, what, model),
      )),
    );
  }
  return seen;
}

async function checkModel(bedrock: BedrockClient, what: string, model: Model): Promise<Seen[]> {
  const { modelId, inferenceProfile } = model;
  const elsewhere = `Take ${model.name} out of daypass.yml, or deploy in a Region that has it (docs/models.md).`;
  if (inferenceProfile !== undefined && !(await hasProfile(bedrock, inferenceProfile)))
    return [fix(what, `there is no inference profile ${inferenceProfile} in this Region`, elsewhere)];
  const availability = await bedrock.send(new GetFoundationModelAvailabilityCommand({ modelId }));
  const { agreementAvailability, authorizationStatus, entitlementAvailability, regionAvailability } =
    availability;
  // A profile's models may all be in other Regions.
  if (regionAvailability !== 'AVAILABLE' && inferenceProfile === undefined)
    return [fix(what, `${modelId} is not to be had in this Region`, elsewhere)];
  if (authorizationStatus !== 'AUTHORIZED')
    return [
      fix(
        what,
        'the account is not authorised for it',
        'Look for a service control policy that denies Bedrock, or for a payment method that the account lacks.',
      ),
    ];
  if (agreementAvailability?.status === 'AVAILABLE' && entitlementAvailability === 'AVAILABLE')
    return [ok(what, 'access')];
  const saw = `its terms are not accepted yet (${agreementAvailability?.status?.toLowerCase() ?? 'unknown'})`;
  return [
    modelId.startsWith('anthropic.')
      ? fix(what, saw, 'Fill in Anthropic’s form and make a first call: docs/models.md#access.')
      : look(
          what,
          saw,
          'The first call accepts them, if its role may use AWS Marketplace: docs/models.md#access.',
        ),
  ];
}

async function hasProfile(bedrock: BedrockClient, inferenceProfileIdentifier: string): Promise<boolean> {
  try {
    const { status } = await bedrock.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
    return status === 'ACTIVE';
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
    throw error;
  }
}
