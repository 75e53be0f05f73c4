import * as z from 'zod';
import { longestGraceSeconds, rotateKeyBody } from '../../../../core/contract/key-requests.ts';
import { t } from '../../../language/t.ts';

export const graceChoices = ['none', 'hour', 'day', 'custom'] as const;
export type GraceChoice = (typeof graceChoices)[number];

export const graceLabels = (): Record<GraceChoice, string> => ({
  none: t('None'),
  hour: t('1 hour'),
  day: t('24 hours'),
  custom: t('Other'),
});

export type RotateBody = z.output<typeof rotateKeyBody>;

export interface GraceForm {
  choice: GraceChoice;
  /** As typed; used for `custom` only. */
  hours: string;
}

const secondsPerHour = 3600;
export const mostHours = longestGraceSeconds / secondsPerHour;
const hoursOfChoice = { none: 0, hour: 1, day: 24 } as const;

/** Parses the form into the contract's body, with each fault at its field. */
export const graceSchema = z.custom<GraceForm>().transform((form, context): RotateBody => {
  const parsed = rotateKeyBody.safeParse({ graceSeconds: hoursOf(form) * secondsPerHour });
  if (parsed.success) return parsed.data;
  const message = t('must be a whole number of hours, at most {most}', { most: mostHours });
  context.addIssue({ code: 'custom', path: ['hours'], message });
  return z.NEVER;
});

function hoursOf({ choice, hours }: GraceForm): number {
  if (choice !== 'custom') return hoursOfChoice[choice];
  return /^\s*\d+\s*$/.test(hours) ? Number(hours) : Number.NaN;
}
