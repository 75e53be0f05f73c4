import { keyForm } from '../../core/contract/key-requests.ts';

/** The API checks the rest. */
const form = new RegExp(`(?<![0-9A-Za-z])${keyForm}(?![0-9A-Za-z])`);

/** Finds the key in a pasted text: on its own, in quotes, or in a line of an `.env` file. */
export const keySecretIn = (pasted: string): string | undefined => form.exec(pasted)?.[0];

/** As much of a key as may be shown. */
export const maskedKey = (secret: string): string => `dpk…${secret.slice(-4)}`;
