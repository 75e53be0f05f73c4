import type { ChatSettings } from '../catalog.ts';
import type { ChatRequest, FieldNames, ServiceTier } from './chat.ts';
import { unsupported } from './request/refuse-field.ts';

/** The caller's tier, or else the deployment's default. */
export function chooseTier(
  { serviceTier }: Pick<ChatRequest, 'serviceTier'>,
  { serviceTier: usual }: Pick<ChatSettings, 'serviceTier'>,
): ServiceTier {
  return serviceTier ?? usual ?? 'default';
}

/** @throws DaypassError `unsupported_parameter` for a tier that the settings don't list */
export function requireTier(
  request: Pick<ChatRequest, 'serviceTier'> & { fieldNames: Pick<FieldNames, 'serviceTier'> },
  settings: ChatSettings,
): void {
  const tier = chooseTier(request, settings);
  if (settings.serviceTiers[tier] !== undefined) return;
  const field = request.fieldNames.serviceTier ?? 'service_tier';
  const offered = Object.keys(settings.serviceTiers)
    .map((name) => `'${name}'`)
    .join(', ');
  throw unsupported(
    field,
    `The service tier '${tier}' is not on offer here. Leave ${field} out, or ask for one of ${offered}.`,
  );
}

/** The price factor of a tier. One that wasn't requested, as when reserved capacity runs over, costs the default. */
export function tierFactor(tier: string, { serviceTiers }: Pick<ChatSettings, 'serviceTiers'>): number {
  return serviceTiers[tier as ServiceTier] ?? serviceTiers.default ?? 1;
}
