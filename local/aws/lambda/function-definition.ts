/** A Lambda function as the template describes it, with its asset unzipped. */
export interface FunctionDefinition {
  /** Physical name, as in its ARN. */
  name: string;
  arn: string;
  /** Folder that holds the bundle; `/var/task` on AWS. */
  codeDirectory: string;
  /** For example `index.handler`. */
  handler: string;
  memoryMegabytes: number;
  timeoutSeconds: number;
  environment: Record<string, string>;
  reservedConcurrency?: number;
  /** How log lines are tagged. @default the name */
  shortName?: string;
}

export const logTag = ({ shortName, name }: FunctionDefinition) => shortName ?? name;

/**
 * Twice the function's memory, at least 256 MB: what a thread holds includes garbage that a machine this small would
 * have collected by then.
 */
export const memoryLimitBytes = ({ memoryMegabytes }: FunctionDefinition) =>
  Math.max(memoryMegabytes * 2, 256) * 2 ** 20;
