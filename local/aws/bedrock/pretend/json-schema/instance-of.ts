import { bedrockError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { compileSchema } from '../../request/validate-schema.ts';
import { makeInstance } from './make-instance.ts';

/** Each is another way through the schema's alternatives. */
const variationLimit = 300;

/**
 * JSON that satisfies a schema; the same schema always gets the same. What is made is checked, so that keywords that
 * can only be checked (`not`, `oneOf`) hold as well.
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
