import { useLocation } from 'react-router';

/** Goes along with a navigation, and with a reload: when the last code was sent. */
export const justSent = () => ({ sentAt: Date.now() });

/** @returns undefined when nobody knows of one */
export function useSentAt(): number | undefined {
  const { state } = useLocation() as { state: unknown };
  const { sentAt } = (typeof state === 'object' && state !== null ? state : {}) as { sentAt?: unknown };
  return typeof sentAt === 'number' ? sentAt : undefined;
}
