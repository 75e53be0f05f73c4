import { confirmBody, resetPasswordBody } from '../../core/contract/accounts/account-requests.ts';
import { t } from '../language/t.ts';
import { newPasswordByRules } from './password-rules.ts';

const code = confirmBody.shape.code.regex(/^\d{6}$/, {
  error: () => t('must be the six digits from the e-mail'),
});

export const confirmForm = confirmBody.extend({ code });
export const resetPasswordForm = resetPasswordBody.extend({ code, password: newPasswordByRules });

export const codeLength = 6;

/** Finds the code in a pasted text, which may be the whole e-mail. */
export function codeIn(text: string): string | undefined {
  return text.match(/(?<!\d)\d{3}[\s-]?\d{3}(?!\d)/)?.[0].replace(/\D/g, '');
}

/** Keeps only what can be part of a code. */
export const codeDigits = (text: string): string => text.replace(/\D/g, '').slice(0, codeLength);
