import { unsupportedHere } from '../errors.ts';
import {
  blobField,
  enumField,
  type JsonObject,
  listField,
  requiredEnum,
  requiredObject,
  requiredString,
} from '../json-fields.ts';
import type { DocumentBlock, ImageBlock } from './content.ts';
import { parseUnion } from './parse-union.ts';

const imageFormats = ['png', 'jpeg', 'gif', 'webp'] as const;
const documentFormats = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const;

export function parseImage(member: JsonObject, path: string): ImageBlock {
  const format = requiredEnum(member, `${path}.format`, imageFormats);
  const { kind, object } = parseUnion(
    requiredObject(member, `${path}.source`),
    `${path}.source`,
    'ImageSource',
  );
  if (kind === 's3Location') return { kind: 'image', format, bytes: undefined };
  if (kind !== 'bytes') throw unsupportedHere(`'${kind}' at ${path}.source`);
  return { kind: 'image', format, bytes: blobField(object, `${path}.source.bytes`) ?? new Uint8Array() };
}

export function parseDocument(member: JsonObject, path: string): DocumentBlock {
  const block = {
    kind: 'document' as const,
    name: requiredString(member, `${path}.name`),
    format: enumField(member, `${path}.format`, documentFormats) ?? 'txt',
    bytes: undefined,
    text: undefined,
  };
  const sourcePath = `${path}.source`;
  const { kind, object } = parseUnion(requiredObject(member, sourcePath), sourcePath, 'DocumentSource');
  switch (kind) {
    case 'bytes':
      return { ...block, bytes: blobField(object, `${sourcePath}.bytes`) ?? new Uint8Array() };
    case 'text':
      return { ...block, text: requiredString(object, `${sourcePath}.text`) };
    case 'content':
      return { ...block, text: parseTexts(object, `${sourcePath}.content`) };
    case 's3Location':
      return block;
    default:
      throw unsupportedHere(`'${kind}' at ${sourcePath}`);
  }
}

function parseTexts(object: JsonObject, path: string): string {
  const texts = (listField(object, path) ?? []).map((item, index) => {
    const part = parseUnion(item, `${path}.${index}`, 'DocumentContentBlock');
    return requiredString(part.object, `${path}.${index}.text`);
  });
  return texts.join('\n');
}
