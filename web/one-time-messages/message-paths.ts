import type { WrittenMessage } from './use-write-message.ts';

/** For the reader. What stands after # is never sent, so the service has no key to what a browser sealed. */
export const messageLink = ({ id, key }: Pick<WrittenMessage, 'id' | 'key'>): string =>
  `${location.origin}/sealed/${id}#${key}`;

/** For the sender. */
export const receiptPath = ({ id, receipt }: Pick<WrittenMessage, 'id' | 'receipt'>): string =>
  `/secrets/${id}/receipt#${receipt}`;
