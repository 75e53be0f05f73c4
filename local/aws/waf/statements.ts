import { headerOf, type InspectedRequest } from './inspected-request.ts';
import type { FieldToMatch, Statement, TextTransformations } from './template-properties.ts';
import { transformed } from './text-transformations.ts';

export type Matches = (request: InspectedRequest) => boolean;

/** A statement as a question to a request. */
export function compileStatement(statement: Statement): Matches {
  const { AndStatement: and, OrStatement: or, NotStatement: not } = statement;
  if (and !== undefined) {
    const parts = and.Statements.map(compileStatement);
    return (request) => parts.every((matches) => matches(request));
  }
  if (or !== undefined) {
    const parts = or.Statements.map(compileStatement);
    return (request) => parts.some((matches) => matches(request));
  }
  if (not !== undefined) {
    const matches = compileStatement(not.Statement);
    return (request) => !matches(request);
  }
  return compileMatch(statement);
}

function compileMatch({
  ByteMatchStatement: byte,
  RegexMatchStatement: regex,
  SizeConstraintStatement: size,
}: Statement): Matches {
  if (byte !== undefined) {
    const holds = positions[byte.PositionalConstraint];
    return inspecting(byte, (text) => holds(text, byte.SearchString));
  }
  if (regex !== undefined) {
    const pattern = new RegExp(regex.RegexString);
    return inspecting(regex, (text) => pattern.test(text));
  }
  if (size !== undefined) {
    const compares = comparisons[size.ComparisonOperator];
    return inspecting(size, (text) => compares(Buffer.byteLength(text), size.Size));
  }
  throw new Error('a statement without a kind');
}

/** A component that the request doesn't have matches nothing. */
function inspecting(
  what: { FieldToMatch: FieldToMatch; TextTransformations: TextTransformations },
  holds: (text: string) => boolean,
): Matches {
  return (request) => {
    const text = componentOf(request, what.FieldToMatch);
    return text !== undefined && holds(transformed(text, what.TextTransformations));
  };
}

function componentOf(request: InspectedRequest, field: FieldToMatch): string | undefined {
  if (field.SingleHeader !== undefined) return headerOf(request, field.SingleHeader.Name);
  if (field.Method !== undefined) return request.httpMethod;
  return request.path;
}

const positions = {
  EXACTLY: (text: string, searched: string) => text === searched,
  STARTS_WITH: (text: string, searched: string) => text.startsWith(searched),
  ENDS_WITH: (text: string, searched: string) => text.endsWith(searched),
  CONTAINS: (text: string, searched: string) => text.includes(searched),
};

const comparisons = {
  EQ: (one: number, other: number) => one === other,
  NE: (one: number, other: number) => one !== other,
  LE: (one: number, other: number) => one <= other,
  LT: (one: number, other: number) => one < other,
  GE: (one: number, other: number) => one >= other,
  GT: (one: number, other: number) => one > other,
};
