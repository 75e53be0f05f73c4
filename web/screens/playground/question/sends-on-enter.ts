import type { KeyboardEvent } from 'react';

/** Enter sends; Shift+Enter is a new line; Enter that ends the choice of a character is neither. */
export const sendsOnEnter = ({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean =>
  key === 'Enter' && !shiftKey && !nativeEvent.isComposing;
