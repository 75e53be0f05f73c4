import { createHash } from 'node:crypto';

/** Stands for the token by which a model knows its own reasoning again. */
export const signReasoning = (text: string): string =>
  createHash('sha256').update(`reasoning of the stand-in: ${text}`).digest('base64');

export const isOwnReasoning = (text: string, signature: string | undefined): boolean =>
  signature === signReasoning(text);
