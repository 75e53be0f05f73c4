import { bedrockError } from '../../errors.ts';
import type { JsonObject } from '../../json-fields.ts';
import { compileSchema } from '../../request/validate-schema.ts';
import { makeInstance } from './make-instance.ts';

/** How many ways through the schema's alternatives are tried. */
const variationLimit = 300;

/**
 * JSON that satisfies a schema, always the same for the same schema. It is validated, so that keywords like `not` and
 * `oneOf` hold as well.
 * @throws AwsError ModelErrorException when no way was found
 */
export function instanceOf(schema: JsonObject): unknown {
  const isValid = compileSchema(schema);
  for (let variation = 0; variation < variationLimit; variation += 1) {
    const made = makeInstance(schema, variation);
    if (made !== undefined && isValid(made.instance)) return made.instance;
  }
  throw bedrockError(
    'ModelErrorException',
    "The local Bedrock stand-in can't find JSON that satisfies the schema.",
  );
}
