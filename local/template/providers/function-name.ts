const functionArn = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)(?::[^:]+)?$/;

/** The name in a function's ARN, without version or alias; undefined for any other ARN. */
export function functionNameOf(arn: string): string | undefined {
  return functionArn.exec(arn)?.[1];
}
