import type { Access } from '../operations.ts';
import type { PreparedCall } from './prepare-call.ts';

/** Credentials stay in the shell's environment. */
const credentials: Readonly<Record<Access, readonly string[]>> = {
  public: [],
  login: ['-H "Authorization: Bearer $DAYPASS_TOKEN"'],
  admin: ['-H "Authorization: Bearer $DAYPASS_TOKEN"'],
  session: ['-b "daypass_session=$DAYPASS_SESSION"'],
  key: ['-H "x-api-key: $DAYPASS_API_KEY"'],
};

export function curlCommand(call: PreparedCall, access: Access, origin: string, streams: boolean): string {
  const words = [
    `curl${streams ? ' -N' : ''}${call.method === 'GET' ? '' : ` -X ${call.method}`} ${shellWord(origin + call.target)}`,
    ...credentials[access],
    ...Object.entries(call.headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(call.body === undefined ? [] : [`-d ${shellWord(call.body)}`]),
  ];
  return words.join(' \\\n  ');
}

/** Quotes a text for a POSIX shell. */
const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
