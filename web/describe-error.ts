import { ApiError } from './api-error.ts';
import { isEnglish, t } from './language/t.ts';
import { refusalSentences } from './refusal-sentences.ts';

export interface DescribedError {
  /** For people. */
  message: string;
  requestId: string | undefined;
  isNetwork: boolean;
}

/** Describes anything thrown; an unexpected error shows no details. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof ApiError)) {
    return {
      message: t('Something went wrong on this page. Reload it and try again.'),
      requestId: undefined,
      isNetwork: false,
    };
  }
  const isNetwork = error.kind === 'network';
  if (isNetwork && !navigator.onLine) {
    return {
      message: t('This device is offline. Try again when you are back online.'),
      requestId: undefined,
      isNetwork,
    };
  }
  return { message: withWait(error), requestId: error.requestId, isNetwork };
}

/** Replaces the message's "in a moment" by the time in the answer's header. */
function withWait(error: ApiError): string {
  const { kind, retryAfterSeconds: seconds } = error;
  const message = inReadersLanguage(error);
  if (seconds === undefined || kind !== 'server') return message;
  const words = message.replace(/ Try again in a moment\.$/, '');
  return `${words} ${t('Try again in {seconds, plural, one {# second} other {# seconds}}.', { seconds })}`;
}

/** The API speaks English: in another language its code is put into words, followed by its own where they say more. */
function inReadersLanguage({ code, message }: ApiError): string {
  const known = refusalSentences[code];
  if (isEnglish() || known === undefined) return message;
  const sentence = known.words();
  return known.isWhole ? sentence : `${sentence} ${t('The service says: “{message}”', { message })}`;
}
