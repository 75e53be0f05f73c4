import { useMutation } from '@tanstack/react-query';
import { oneTimeMessageRoutes } from '../../core/contract/one-time-messages.ts';
import { useApi } from '../shell/console-context.ts';
import { sealMessage } from './sealed-message.ts';

export interface WrittenMessage {
  id: string;
  receipt: string;
  /** Opens it, and never leaves the browser. */
  key: string;
  expiresAt: number;
}

/** Seals a text in the browser, and has the service keep what it can't read. */
export function useWriteMessage() {
  const api = useApi();
  return useMutation({
    async mutationFn({ text, expiresIn }: { text: string; expiresIn: string }): Promise<WrittenMessage> {
      const { message, key } = await sealMessage(text);
      const body = { message, expiresIn };
      const { id, receipt, expiresAt } = await api.call(oneTimeMessageRoutes.createOneTimeMessage, { body });
      return { id, receipt, key, expiresAt: Date.parse(expiresAt) };
    },
  });
}
