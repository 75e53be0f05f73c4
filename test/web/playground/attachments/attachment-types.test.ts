import type { ChatRequest } from '../../../../core/chat/chat.ts';
import { toChatRequest } from '../../../../core/chat/openai-chat/to-chat-request.ts';
import { dataUrlImage, fileDocument } from '../../../../core/chat/request/inline-data.ts';
import { DaypassError } from '../../../../core/errors.ts';
import { requireHonoured } from '../../../../core/providers/bedrock/require-honoured.ts';
import {
  attachmentType,
  documentEndings,
  mostOf,
} from '../../../../web/screens/playground/attachments/attachment-types.ts';
import { callBody } from '../../../../web/screens/playground/question/body-to-send.ts';
import { someLimits, someModel } from '../../../core/chat/model-fixture.ts';
import { attachmentOf } from './attachment-fixture.ts';

const head = (latin1: string) => Uint8Array.from(Buffer.from(latin1, 'latin1'));
const pictures = {
  'image/png': '\x89PNG\r\n\x1a\n',
  'image/jpeg': '\xff\xd8\xff\xe0',
  'image/gif': 'GIF89a',
  'image/webp': 'RIFF\n\0\0\0WEBPVP8 ',
};

test.each(Object.entries(pictures))(
  '%s is recognised by its first bytes, as by the API',
  (mediaType, bytes) => {
    expect(attachmentType({ name: 'x', type: '' }, head(bytes))).toEqual({ kind: 'image', mediaType });
    const url = `data:${mediaType};base64,${Buffer.from(bytes, 'latin1').toString('base64')}`;
    expect(`image/${dataUrlImage(url, 'url').format}`).toBe(mediaType);
  },
);

test.each(documentEndings)('a .%s document is sent with a type that the API takes', (ending) => {
  const type = attachmentType({ name: `A.b.${ending.toUpperCase()}`, type: '' }, head('words'));
  expect(type?.kind).toBe('document');
  const data = `data:${type?.mediaType};base64,d29yZHM=`;
  expect(fileDocument(data, undefined, 'file').format).toBe(ending);
});

test('the playground takes every document that the API takes', () => {
  const refused = () => fileDocument('d29yZHM=', 'words.zip', 'file');
  expect(refused).toThrow(DaypassError);
  const [, list] = /of type (.*)\.$/.exec(messageOf(refused)) ?? [];
  expect(list?.split(', ').sort()).toEqual([...documentEndings].sort());
});

test('text with another extension is a document by the browser’s type', () => {
  expect(attachmentType({ name: 'server.log', type: 'text/plain;charset=utf-8' }, head('words'))).toEqual({
    kind: 'document',
    mediaType: 'text/plain',
  });
});

test.each([
  ['a picture that is none', 'photo.png', 'image/png', 'words'],
  ['a drawing in SVG', 'x.svg', 'image/svg+xml', '<svg'],
  ['a program', 'a.exe', 'application/x-msdownload', 'MZ'],
  ['a name that objects have of themselves', 'x.constructor', 'constructor', 'words'],
  ['a file without name and type', '', '', ''],
])('%s is not a type that models take', (_, name, type, bytes) => {
  expect(attachmentType({ name, type }, head(bytes))).toBeUndefined();
});

test.each(Object.entries(mostOf))('of each %s the API takes %i in a turn, and no more', (kind, most) => {
  const turn = (count: number): ChatRequest => {
    const question = {
      text: 'What?',
      attachments: Array.from({ length: count }, (_, place) =>
        attachmentOf(`${place}.txt`, Buffer.from(pictures['image/png'], 'latin1'), {
          kind: kind === 'image' ? 'image' : 'document',
        }),
      ),
    };
    return toChatRequest(callBody({ earlier: [], question, settings }), someLimits);
  };
  expect(() => requireHonoured(turn(most), someModel())).not.toThrow();
  expect(() => requireHonoured(turn(most + 1), someModel())).toThrow(`at most ${most} ${kind}s`);
});

const settings = { model: 'nova-lite', system: '', temperature: undefined, maxTokens: undefined };

function messageOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
