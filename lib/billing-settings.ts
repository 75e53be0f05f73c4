import * as z from 'zod';
import { mistake } from './mistake.ts';
import { secretReference } from './provider-settings.ts';

const days = 'must be a whole number of days from 0 to 60';

/** What is sold, and by whom it is paid for. */
export const billing = z.strictObject({
  stripe: z.strictObject({
    apiKey: secretReference,
    webhookSecret: secretReference,
    graceDays: z.int(days).min(0, days).max(60, days).default(7),
  }),
});

/** Rules about plans that are sold. @param file as it was written */
export function billingMistakes(
  file: unknown,
  plans: readonly Record<string, unknown>[],
): z.core.$ZodIssue[] {
  const isSet = (file as Record<string, unknown> | null)?.billing != null;
  const mistakes = plans.flatMap(({ stripePriceId, selfService, price }, at) => {
    if (stripePriceId === undefined) return [];
    return [
      ...(isSet
        ? []
        : [
            mistake(
              ['plans', at, 'stripePriceId'],
              stripePriceId,
              'must be left out unless billing.stripe is set',
            ),
          ]),
      ...(selfService === true
        ? [mistake(['plans', at, 'selfService'], true, 'must be left out: whoever pays may pick the plan')]
        : []),
      ...(price === undefined
        ? [mistake(['plans', at, 'price'], price, 'must say what the plan costs, such as 20 dollars a month')]
        : []),
    ];
  });
  const isSold = plans.some(({ stripePriceId }) => stripePriceId !== undefined);
  if (!isSet || isSold) return mistakes;
  return [
    ...mistakes,
    mistake(['plans'], undefined, 'must have one with a stripePriceId while billing is set'),
  ];
}
