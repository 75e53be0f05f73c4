import type { ParameterDefinition } from './template.ts';
import { TemplateError } from './template-error.ts';

/**
 * The value of a parameter when something refers to it. Parameters nobody refers to (CDK's BootstrapVersion)
 * are never looked at.
 * @param given values from outside, over the template's defaults
 */
export function parameterValue(
  name: string,
  definition: ParameterDefinition,
  given: Readonly<Record<string, string>>,
): string | string[] {
  const path = `Parameters.${name}`;
  if (definition.Type.startsWith('AWS::SSM::'))
    throw new TemplateError(
      path,
      `${definition.Type} reads Parameter Store at deploy time, which is not supported.`,
    );
  const value = given[name] ?? definition.Default;
  if (value === undefined) throw new TemplateError(path, 'has no default and no value was given.');
  if (definition.AllowedValues !== undefined && !definition.AllowedValues.map(String).includes(String(value)))
    throw new TemplateError(path, `must be one of ${definition.AllowedValues.join(', ')}.`);
  const isList = definition.Type === 'CommaDelimitedList' || definition.Type.startsWith('List<');
  return isList
    ? String(value)
        .split(',')
        .map((item) => item.trim())
    : String(value);
}
