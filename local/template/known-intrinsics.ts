import { type Call, type Intrinsic, list, noValue, text } from './intrinsic.ts';
import { substitute } from './substitute.ts';

/** The intrinsic functions that our templates use; any other is refused by name. */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', reference],
  ['Fn::GetAtt', getAttribute],
  ['Fn::Join', join],
  ['Fn::Sub', substitute],
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
