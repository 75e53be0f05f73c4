/** Headers that functions neither see nor set ("Restrictions on all edge functions"). */
const hidden =
  /^(connection|expect|keep-alive|proxy-authenticate|proxy-authorization|proxy-connection|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-amzn-(auth|cf-.*|errortype|fle-profile|header-.*|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

const readOnly = {
  'viewer-request': new Set(['content-length', 'host', 'transfer-encoding', 'via']),
  'viewer-response': new Set(['content-encoding', 'content-length', 'transfer-encoding', 'warning', 'via']),
};

export type FunctionEventType = keyof typeof readOnly;

export const isHidden = (name: string): boolean => hidden.test(name);

export const isReadOnly = (name: string, eventType: FunctionEventType): boolean =>
  readOnly[eventType].has(name);
