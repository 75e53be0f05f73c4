import { createElement, Fragment, type ReactNode } from 'react';
import { inLanguage, message } from './t.ts';

type Filling = ReactNode | ((children: ReactNode) => ReactNode);

interface TextProps {
  text: string;
  /** What stands for `{name}`, or what is made of the words between `<name>` and `</name>`. */
  [name: string]: Filling;
}

/** As `t`, with elements in it: `<T text="Read <a>the page</a>." a={(words) => <TextLink to="/docs">{words}</TextLink>} />`. */
export function T({ text, ...fillings }: TextProps): ReactNode {
  const values = Object.fromEntries(
    Object.entries(fillings).map(([name, filling]) => [
      name,
      typeof filling === 'function' ? (chunks: ReactNode[]) => filling(together(chunks)) : filling,
    ]),
  );
  const parts = message(inLanguage(text), true).format<ReactNode>(values);
  return Array.isArray(parts) ? together(parts) : parts;
}

/** As children of their own, which need no keys. */
const together = (parts: readonly ReactNode[]): ReactNode => createElement(Fragment, null, ...parts);
