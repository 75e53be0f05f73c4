import { isObject, type JsonObject, setMember } from '../../json-fields.ts';
import type { Maker } from './maker.ts';
import { sampleOf } from './sample-pattern.ts';

export function makeObject(schema: JsonObject, maker: Maker): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = (Array.isArray(schema.required) ? schema.required : []).map(String);
  const addsOptional = maker.isShallow && maker.pick(2) === 0;
  const names = [
    ...Object.keys(properties).filter((name) => addsOptional || required.includes(name)),
    ...required.filter((name) => !Object.hasOwn(properties, name)),
  ];
  const most = typeof schema.maxProperties === 'number' ? schema.maxProperties : names.length;
  const kept = [...new Set(names)]
    .toSorted((a, b) => Number(required.includes(b)) - Number(required.includes(a)))
    .slice(0, Math.max(most, required.length));
  const made: JsonObject = {};
  // In the schema's order, as a model would.
  for (const name of names) {
    if (!kept.includes(name) || Object.hasOwn(made, name)) continue;
    setMember(made, name, maker.make(schemaOf(name, schema, properties), { name }));
  }
  fillUp(made, schema, properties, maker);
  return made;
}

function fillUp(made: JsonObject, schema: JsonObject, properties: JsonObject, maker: Maker): void {
  const least = typeof schema.minProperties === 'number' ? schema.minProperties : 0;
  const spare = [
    ...Object.keys(properties),
    ...Object.keys(isObject(schema.patternProperties) ? schema.patternProperties : {}).map(
      (pattern) => sampleOf(pattern) ?? 'value',
    ),
    ...Array.from({ length: least }, (_, ordinal) => `value${ordinal + 1}`),
  ];
  for (const name of spare) {
    if (Object.keys(made).length >= least) return;
    if (Object.hasOwn(made, name)) continue;
    setMember(made, name, maker.make(schemaOf(name, schema, properties), { name }));
  }
}

function schemaOf(name: string, schema: JsonObject, properties: JsonObject): unknown {
  if (Object.hasOwn(properties, name)) return properties[name];
  const patterns = Object.entries(isObject(schema.patternProperties) ? schema.patternProperties : {});
  const fitting = patterns.find(([pattern]) => new RegExp(pattern, 'u').test(name));
  if (fitting !== undefined) return fitting[1];
  return schema.additionalProperties === false ? {} : schema.additionalProperties;
}
