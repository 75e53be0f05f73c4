import { createLowlight } from 'lowlight';
import { createElement, Fragment, type ReactNode } from 'react';
import { type CodeLanguage, grammars } from './code-language.ts';

const lowlight = createLowlight();

/** Returns React elements, so that code never becomes markup; styles/code.css has the colours. */
export async function highlight(code: string, language: CodeLanguage): Promise<ReactNode> {
  if (language === 'text') return code;
  if (!lowlight.registered(language)) lowlight.register(language, (await grammars[language]()).default);
  return toReact(lowlight.highlight(language, code).children);
}

type Nodes = ReturnType<typeof lowlight.highlight>['children'];

function toReact(nodes: Nodes): ReactNode {
  const elements = nodes.map((node) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    const names = [node.properties.className ?? []].flat().join(' ');
    return createElement('span', { className: names }, toReact(node.children as Nodes));
  });
  return createElement(Fragment, null, ...elements);
}
