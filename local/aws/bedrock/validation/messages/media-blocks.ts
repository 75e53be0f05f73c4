import type { ContentBlock, DocumentBlock, ImageBlock, Message } from '../../request/content.ts';

interface Found<T> {
  block: T;
  /** `messages.0.content.1`, or deeper inside a tool result. */
  path: string;
}

export function imagesIn(messages: readonly Message[]): Found<ImageBlock>[] {
  return blocksIn(messages).flatMap(({ block, path }) => {
    if (block.kind === 'image') return [{ block, path }];
    return block.kind === 'guardContent' && 'image' in block ? [{ block: block.image, path }] : [];
  });
}

export const documentsIn = (messages: readonly Message[]): Found<DocumentBlock>[] =>
  blocksIn(messages).flatMap(({ block, path }) => (block.kind === 'document' ? [{ block, path }] : []));

function blocksIn(messages: readonly Message[]): Found<ContentBlock>[] {
  return messages.flatMap(({ content }, index) =>
    content.flatMap((block, at): Found<ContentBlock>[] => {
      const path = `messages.${index}.content.${at}`;
      if (block.kind !== 'toolResult') return [{ block, path }];
      return block.content.flatMap((part, place) =>
        part.kind === 'json' ? [] : [{ block: part, path: `${path}.toolResult.content.${place}` }],
      );
    }),
  );
}
