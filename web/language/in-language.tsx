import { Fragment, type ReactNode, useSyncExternalStore } from 'react';
import { currentLanguage, subscribeToLanguage } from './current-language.ts';

/** Around everything with a text: another language builds it anew. */
export function InLanguage({ children }: { children: ReactNode }) {
  return <Fragment key={useSyncExternalStore(subscribeToLanguage, currentLanguage)}>{children}</Fragment>;
}
