import { refusalOf } from './refusals.ts';

/** How OpenAI's API takes its key and refuses. */
export const api = {
  keyHeaders: (secret: string) => ({ authorization: `Bearer ${secret}` }),
  refusalOf,
};
