import { createHash } from 'node:crypto';

/** The signature by which a model recognizes its own reasoning. */
export const signReasoning = (text: string): string =>
  createHash('sha256').update(`reasoning of the stand-in: ${text}`).digest('base64');

export const isOwnReasoning = (text: string, signature: string | undefined): boolean =>
  signature === signReasoning(text);
