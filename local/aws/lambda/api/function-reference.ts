import { AwsError } from '../../service.ts';
import { refuseConstraint } from './constraints.ts';

/** What a call of Lambda's API names: a function, and its version or alias. */
export interface FunctionReference {
  /** A name, or an ARN without qualifier. */
  functionName: string;
  qualifier: string | undefined;
}

const namePattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?';
const qualifierPattern = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+';
const wholeName = new RegExp(`^(?:${namePattern})$`);
const wholeQualifier = new RegExp(`^(?:${qualifierPattern})$`);

/**
 * A function's name in the path and `?Qualifier=`: a name, a partial or a full ARN, each with or without a qualifier.
 * @throws AwsError as Lambda's model constrains them
 */
export function readReference(pathName: string, queried: string | null): FunctionReference {
  const name = decode(pathName);
  if (!wholeName.test(name) || name.length > 256) {
    throw refuseConstraint(
      name,
      'functionName',
      `Member must satisfy regular expression pattern: ${namePattern}`,
    );
  }
  if (queried !== null && (!wholeQualifier.test(queried) || queried.length > 128)) {
    throw refuseConstraint(
      queried,
      'qualifier',
      `Member must satisfy regular expression pattern: ${qualifierPattern}`,
    );
  }
  const [, before = '', own = '', inName] = /^(.*function:)?([^:]+)(?::([^:]+))?$/.exec(name) ?? [];
  if (own.length > 64)
    throw refuseConstraint(own, 'functionName', 'Member must have length less than or equal to 64');
  if (inName !== undefined && queried !== null && inName !== queried) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  const functionName = before.startsWith('arn:') ? `${before}${own}` : own;
  return { functionName, qualifier: inName ?? queried ?? undefined };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
