import { type Call, type Intrinsic, list, noValue, text } from './intrinsic.ts';
import { substitute } from './substitute.ts';
import { TemplateError } from './template-error.ts';

const onlyInConditions: Intrinsic = ({ path }) => {
  throw new TemplateError(path, 'is a condition function; it may stand in Conditions only.');
};

const refused =
  (reason: string): Intrinsic =>
  ({ path }) => {
    throw new TemplateError(path, `is not supported: ${reason}.`);
  };

export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', reference],
  ['Fn::GetAtt', getAttribute],
  ['Fn::Join', join],
  ['Fn::Sub', (call) => substitute(call)],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::If', chooseBranch],
  ['Fn::FindInMap', findInMap],
  ['Fn::Base64', (call) => Buffer.from(text(call.resolve(call.argument), call.path)).toString('base64')],
  ['Fn::GetAZs', availabilityZones],
  ['Fn::Length', (call) => list(call.resolve(call.argument), call.path).length],
  ['Fn::ToJsonString', (call) => JSON.stringify(call.resolve(call.argument))],
  ['Fn::Equals', onlyInConditions],
  ['Fn::And', onlyInConditions],
  ['Fn::Or', onlyInConditions],
  ['Fn::Not', onlyInConditions],
  ['Fn::Cidr', refused('there is no network to cut into subnets')],
  ['Fn::ImportValue', refused('there is one stack, so nothing exports to it')],
]);

function reference({ argument, path, scope }: Call): unknown {
  const name = text(argument, path);
  return name === 'AWS::NoValue' ? noValue : scope.reference(name, path);
}

function getAttribute({ argument, path, scope, resolve }: Call): unknown {
  const [logicalId, attribute] = typeof argument === 'string' ? splitOnce(argument) : list(argument, path);
  return scope.attribute(text(logicalId, path), text(resolve(attribute, '[1]'), path), path);
}

/** `Nested.Outputs.Url` is attribute `Outputs.Url` of `Nested`. */
function splitOnce(dotted: string): [string, string] {
  const dot = dotted.indexOf('.');
  return dot === -1 ? [dotted, ''] : [dotted.slice(0, dot), dotted.slice(dot + 1)];
}

function join({ argument, path, resolve }: Call): string {
  const [delimiter, items] = list(argument, path);
  return list(resolve(items, '[1]'), path)
    .map((item) => text(item, path))
    .join(text(delimiter, path));
}

function select({ argument, path, resolve }: Call): unknown {
  const [index, items] = list(argument, path);
  const resolved = list(resolve(items, '[1]'), path);
  const position = Number(resolve(index, '[0]'));
  const selected = resolved[position];
  if (selected === undefined)
    throw new TemplateError(path, `has no item ${position} in a list of ${resolved.length}.`);
  return selected;
}

function split({ argument, path, resolve }: Call): string[] {
  const [delimiter, source] = list(argument, path);
  return text(resolve(source, '[1]'), path).split(text(delimiter, path));
}

function chooseBranch({ argument, path, scope, resolve }: Call): unknown {
  const branches = list(argument, path);
  const step = scope.condition(text(branches[0], path), path) ? 1 : 2;
  return resolve(branches[step], `[${step}]`);
}

function findInMap({ argument, path, scope, resolve }: Call): unknown {
  const [map, topKey, secondKey] = list(resolve(argument), path).map((key) => text(key, path));
  return scope.mapping(map ?? '', topKey ?? '', secondKey ?? '', path);
}

function availabilityZones({ argument, path, scope, resolve }: Call): string[] {
  const asked = text(resolve(argument), path);
  const region = asked === '' ? text(scope.reference('AWS::Region', path), path) : asked;
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
}
