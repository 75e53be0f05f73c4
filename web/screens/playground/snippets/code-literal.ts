import { type FileReference, isFileReference } from './file-reference.ts';

export interface CodeStyle {
  indent: string;
  name: (name: string) => string;
  /** true, false or null. */
  constant: (value: boolean | null) => string;
  object: (fields: string) => string;
  /** The expression that reads a file as a data URL. */
  file: (file: FileReference) => string;
}

/** JSON's strings and numbers are Python and JavaScript literals too. Each object is on one line. */
export function literal(value: unknown, style: CodeStyle, depth: number): string {
  if (isFileReference(value)) return style.file(value);
  if (Array.isArray(value)) {
    const inner = style.indent.repeat(depth + 1);
    const items = value.map((item) => `${inner}${literal(item, style, depth + 1)},\n`).join('');
    return `[\n${items}${style.indent.repeat(depth)}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([name, field]) => `${style.name(name)}: ${literal(field, style, depth)}`,
    );
    return style.object(fields.join(', '));
  }
  return typeof value === 'boolean' || value === null ? style.constant(value) : JSON.stringify(value);
}

export const usesFiles = (value: unknown): boolean =>
  isFileReference(value) ||
  (typeof value === 'object' && value !== null && Object.values(value).some(usesFiles));
