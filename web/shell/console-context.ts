import { createContext, use, useSyncExternalStore } from 'react';
import type { Api } from '../api.ts';
import type { ConsoleConfig } from '../config.ts';
import type { Session, SessionState } from '../session.ts';

/** Wired once by main.tsx, for every screen. */
export interface Console {
  api: Api;
  config: ConsoleConfig;
  session: Session;
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const console = use(ConsoleContext);
  if (console === undefined) throw new Error('useConsole needs a ConsoleContext');
  return console;
}

export const useApi = (): Api => useConsole().api;

export function useSessionState(): SessionState {
  const { session } = useConsole();
  return useSyncExternalStore(session.subscribe, session.state);
}
