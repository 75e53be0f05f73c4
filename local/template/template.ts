/** A CloudFormation template as CDK writes it; values may be intrinsic functions until resolved. */
export interface Template {
  readonly Resources: Record<string, ResourceDefinition>;
  readonly Outputs?: Record<string, OutputDefinition>;
  readonly Transform?: string | readonly string[];
}

export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

export interface OutputDefinition {
  readonly Value: unknown;
  readonly Condition?: string;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A template or assembly that can't run here; the message tells its author what to change. */
export class TemplateError extends Error {
  /** @param path where in the template, for example `Resources.Api.Properties.Name` */
  constructor(path: string, message: string) {
    super(path === '' ? message : `${path}: ${message}`);
    this.name = 'TemplateError';
  }
}
