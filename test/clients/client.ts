import { stripVTControlCharacters } from 'node:util';
import type { Finished } from './run-command.ts';
import type { Scratch } from './scratch.ts';

export const tasks = ['text', 'stream', 'tools', 'structured', 'refused'] as const;
export type Task = (typeof tasks)[number];

/** Where a client is to call, and as whom. */
export interface Access {
  url: string;
  key: string;
  model: string;
}

export interface Client {
  /** For `--only`. */
  name: string;
  label: string;
  route: '/v1/chat/completions' | '/v1/messages' | '/v1/responses';
  /** Those of versions.ts that it consists of. */
  packages: readonly string[];
  /** Tasks that the client has no way to do, each with the reason. */
  without: Partial<Record<Task, string>>;
  /** @returns what is wrong, or undefined when the task was done as it should be */
  run(task: Task, access: Access, scratch: Scratch): Promise<string | undefined>;
}

/** The end of what a program printed, on one line. */
export function lastWords({ code, output }: Finished): string {
  const text = stripVTControlCharacters(output).trim();
  return `${code === null ? 'no end' : `exit ${code}`}: ${text.slice(-400).replaceAll(/\s+/g, ' ')}`;
}
