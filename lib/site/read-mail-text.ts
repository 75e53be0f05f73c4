import type { MailKind, MailText } from '../../core/mail/kinds.ts';

/** Of each mail, the placeholders that its text must have, and those that it may have. `{name}` is for all of them. */
const placeholders: Record<MailKind, { needs: readonly string[]; may?: readonly string[] }> = {
  code: { needs: ['code'] },
  approved: { needs: [] },
  refused: { needs: [] },
  suspended: { needs: [] },
  restored: { needs: [] },
  ends: { needs: ['day'] },
  ended: { needs: [] },
  closing: { needs: ['day'], may: ['lastUse'] },
  dormant: { needs: [] },
  'passkey-added': { needs: [] },
  'authenticator-off': { needs: [] },
  'spend-warning': { needs: ['percent', 'limit'], may: ['whose', 'resetsAt'] },
};

export const mailKinds = Object.keys(placeholders) as MailKind[];

/** Cognito's limits are 140 and 20,000, and it gets markup in place of line breaks. */
const most = { subject: 120, text: 10_000 };

/** Reads `Subject: …`, an empty line, and the text. @returns the mail, or what the file must be and isn't */
export function readMailText(kind: MailKind, file: string): MailText | string {
  const [, subject = '', text = ''] =
    /^Subject:[ \t]*(\S.*?)[ \t]*\n[ \t]*\n([\s\S]+)$/.exec(file.replaceAll('\r\n', '\n')) ?? [];
  if (subject === '' || text.trim() === '') {
    return 'must begin with a line "Subject: …" and an empty one, before the text';
  }
  if (subject.length > most.subject) return `must have a subject of at most ${most.subject} characters`;
  if (text.length > most.text) return `must have a text of at most ${most.text} characters`;
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+$/u.test(`${subject}${text}`)) {
    return 'must not hold control characters or invisible ones';
  }
  return placeholderMistake(kind, subject, text) ?? { subject, text: `${text.trim()}\n` };
}

function placeholderMistake(kind: MailKind, subject: string, text: string): string | undefined {
  const { needs, may = [] } = placeholders[kind];
  const missing = needs.filter((name) => !text.includes(`{${name}}`));
  if (missing.length > 0) return `must have ${missing.map((name) => `{${name}}`).join(' and ')} in its text`;
  const known = ['name', ...needs, ...may];
  const used = [...`${subject}\n${text}`.matchAll(/\{([^{}\s]*)\}/g)].map(([, name = '']) => name);
  const unknown = used.find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  return `must not have {${unknown}}: it may have ${known.map((name) => `{${name}}`).join(', ')}`;
}
