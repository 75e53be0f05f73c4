import type { Call } from './call.ts';
import { type FileReference, isFileReference } from './file-reference.ts';

export function curlSnippet({ origin, key, body }: Call): string {
  const pieces = jsonPieces({ ...body, stream: true });
  const head = `curl -N ${shellWord(`${origin}/v1/chat/completions`)} \\
  -H ${shellWord(`Authorization: Bearer ${key}`)} \\
  -H 'Content-Type: application/json' \\
`;
  const [json, ...rest] = pieces;
  if (typeof json === 'string' && rest.length === 0) return `${head}  -d ${shellWord(json)}\n`;
  // Piped: a file is too long for a shell argument.
  return `data_url() { printf 'data:%s;base64,' "$2"; base64 < "$1" | tr -d '\\n'; }
{
${pieces.map((piece) => `  ${written(piece)}\n`).join('')}} | ${head}  --data-binary @-
`;
}

const written = (piece: string | FileReference): string =>
  typeof piece === 'string'
    ? `printf '%s' ${shellWord(piece)}`
    : `data_url ${shellWord(piece.readFrom)} ${shellWord(piece.mediaType)}`;

/** The JSON, split where files belong. */
function jsonPieces(body: object): (string | FileReference)[] {
  const mark = unlikeAnyIn(JSON.stringify(body));
  const files: FileReference[] = [];
  const json = JSON.stringify(
    body,
    (_, value: unknown) => {
      if (!isFileReference(value)) return value;
      files.push(value);
      return mark;
    },
    2,
  );
  return json
    .split(mark)
    .flatMap((text, place) => [text, files[place]].filter((piece) => piece !== undefined));
}

function unlikeAnyIn(text: string): string {
  let mark = 'file';
  while (text.includes(mark)) mark += '-';
  return mark;
}

/** Quotes a text for a POSIX shell. */
const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
