import { useLocation } from 'react-router';

/** Navigation state that says when the last code was sent. It survives a reload. */
export const justSent = () => ({ sentAt: Date.now() });

/** @returns undefined if no code is known to have been sent */
export function useSentAt(): number | undefined {
  const { state } = useLocation() as { state: unknown };
  const { sentAt } = (typeof state === 'object' && state !== null ? state : {}) as { sentAt?: unknown };
  return typeof sentAt === 'number' ? sentAt : undefined;
}
