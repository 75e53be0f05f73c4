import { ApiError } from './api-error.ts';
import { isEnglish, t } from './language/t.ts';
import { knownSentences, refusalSentences, spanFault } from './refusal-sentences.ts';

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

/** What failed, in the reader's language. */
export interface ToldRefusal {
  sentence: string;
  /** The API's own sentence, which is English, where it says more. */
  quote: string | undefined;
}

/** The API speaks English: in another language its code is put into words, followed by its own where they say more. */
export function tellRefusal({ code, message }: ApiError): ToldRefusal {
  const known = refusalSentences[code];
  if (isEnglish() || known === undefined) return { sentence: message, quote: undefined };
  const [, said = message, askedToRetry] =
    /^(.*?)( Try again(?: \w+| in a moment)?\.)?$/s.exec(message) ?? [];
  const common = knownSentences.find(([words]) => words.test(said))?.[1] ?? spanFault(said);
  const sentence = (common ?? known.words)();
  const isAll = known.isWhole || common !== undefined;
  return {
    sentence: askedToRetry === undefined || known.isWhole ? sentence : `${sentence} ${inAMoment()}`,
    quote: isAll ? undefined : t('The service says: “{message}”', { message: said }),
  };
}

/** The same as one text. */
export function refusalText(error: ApiError): string {
  const { sentence, quote } = tellRefusal(error);
  return quote === undefined ? sentence : `${sentence} ${quote}`;
}

const inAMoment = () => t('Try again in a moment.');

/** Replaces "try again in a moment", or "shortly", by the time in the answer's header. */
function withWait(error: ApiError): string {
  const { kind, retryAfterSeconds: seconds } = error;
  if (seconds === undefined || kind !== 'server') return refusalText(error);
  const { sentence, quote } = tellRefusal(error);
  return [
    sentence.replace(` ${inAMoment()}`, '').replace(/ Try again shortly\.$/, ''),
    quote,
    t('Try again in {seconds, plural, one {# second} other {# seconds}}.', { seconds }),
  ]
    .filter((words) => words !== undefined)
    .join(' ');
}
