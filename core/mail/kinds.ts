/** What is mailed to users, by the names that an operator's own texts have. `code` is Cognito's to send. */
export type MailKind =
  | 'code'
  | 'approved'
  | 'refused'
  | 'suspended'
  | 'restored'
  | 'ends'
  | 'ended'
  | 'closing'
  | 'dormant'
  | 'passkey-added'
  | 'authenticator-off'
  | 'spend-warning';

/** Plain text with placeholders, such as `{name}`. */
export interface MailText {
  subject: string;
  text: string;
}
