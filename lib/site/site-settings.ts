import * as z from 'zod';
import { accentMistake } from './accent.ts';

const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour of six hexadecimal digits, such as #2d54c4')
  .transform((text) => text.toLowerCase());

function readable(theme: 'light' | 'dark') {
  return colour.superRefine((hex, context) => {
    const message = accentMistake(theme, hex);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

/** What Cognito takes in a subject, less what is markup or a placeholder. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P} ]+$/u, 'must be one line of text')
    .regex(/^[^<>{}]*$/, 'must not hold <, >, { or }')
    .max(most, `must have at most ${most} characters`);

const link = z.strictObject({
  label: line(40),
  url: z
    .string()
    .max(500, 'must have at most 500 characters')
    .refine(
      (text) => URL.canParse(text) && ['https:', 'mailto:'].includes(new URL(text).protocol),
      'must begin with https:// or mailto:',
    ),
});

/** What the service is called unless its operator says otherwise. */
export const defaultName = 'Daypass';

/** The section `site` of the settings. What takes a file is in the folder `site` beside them: see read-site.ts. */
export const siteSection = z
  .strictObject({
    name: line(40).default(defaultName),
    sentence: line(200).optional(),
    accent: readable('light').optional(),
    accentDark: readable('dark').optional(),
    links: z.array(link).max(8, 'must hold at most 8 links').default([]),
    feedback: z
      .union(
        [z.email("must be an e-mail address, or 'off'"), z.literal('off')],
        "must be an e-mail address, or 'off'",
      )
      .optional(),
  })
  .refine(({ accent, accentDark }) => accent !== undefined || accentDark === undefined, {
    path: ['accentDark'],
    message: 'must be left out without accent',
  });
