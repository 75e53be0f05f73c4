import type { KeyboardEvent } from 'react';

/** Enter sends, Shift+Enter starts a new line; an Enter that confirms an input method's suggestion does neither. */
export const sendsOnEnter = ({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean =>
  key === 'Enter' && !shiftKey && !nativeEvent.isComposing;
