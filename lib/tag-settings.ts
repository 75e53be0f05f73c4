import * as z from 'zod';

/** What CloudFormation and most services take in keys and values: letters and digits of any script, spaces, and these. */
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const allowed = 'letters, digits, spaces and _ . : / = + - @';

/** AWS takes 50 for a resource, and CDK adds some of its own to the bucket. */
const mostTags = 45;

const text = (most: number) =>
  z
    .string('must be text, in quotes if it looks like a number')
    .min(1, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .regex(characters, `must be ${allowed}`)
    .refine((value) => value.trim() === value, 'must not begin or end with a space');

const key = text(128);

/** Tags of everything in the stack that can have any, within AWS's rules. */
export const tags = z.record(z.string(), text(256)).superRefine((section, context) => {
  const names = Object.keys(section);
  for (const name of names) {
    const message = mistakeOf(name, names);
    if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message });
  }
  if (names.length > mostTags) context.addIssue(`must hold at most ${mostTags} tags`);
});

function mistakeOf(name: string, names: readonly string[]): string | undefined {
  const [issue] = key.safeParse(name).error?.issues ?? [];
  if (issue !== undefined) return `the key ${issue.message}`;
  if (/^aws:/i.test(name)) return 'the key must not begin with aws:, which AWS keeps for itself';
  // IAM, whose roles are among what is tagged, takes Team and team for one key.
  const twin = names.find((other) => other < name && other.toLowerCase() === name.toLowerCase());
  return twin && `the key must differ from ${twin} in more than capitals`;
}
