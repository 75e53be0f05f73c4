import { useState } from 'react';
import type { Parameter } from '../openapi.ts';
import type { Operation } from '../operations.ts';
import { type CallFields, fieldName } from './prepare-call.ts';

export interface EditableFields extends CallFields {
  setValue: (name: string, value: string) => void;
  setBody: (body: string) => void;
  /** Undefined while the body is unchanged. */
  resetBody: (() => void) | undefined;
}

/** The form's values, prefilled with an example. */
export function useCallFields({ parameters, body: wanted, streams }: Operation): EditableFields {
  // An answer that shows as it comes says more than one that is waited for.
  const sent = streams ? { ...Object(wanted?.example), stream: true } : wanted?.example;
  const example = wanted === undefined ? '' : JSON.stringify(sent, undefined, 2);
  const [values, setValues] = useState(() => firstValues(parameters));
  const [body, setBody] = useState(example);
  return {
    values,
    body,
    setValue: (name, value) => setValues((earlier) => ({ ...earlier, [name]: value })),
    setBody,
    resetBody: body === example ? undefined : () => setBody(example),
  };
}

/** Fills in constants. */
export function firstValues(parameters: readonly Parameter[]): Record<string, string> {
  return Object.fromEntries(
    parameters.map((parameter) => [fieldName(parameter), String(parameter.schema?.const ?? '')]),
  );
}
