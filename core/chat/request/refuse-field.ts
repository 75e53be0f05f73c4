import type { CatalogModel } from '../../catalog.ts';
import { DaypassError } from '../../errors.ts';

/** @param param the caller's own name of the field */
export function invalid(param: string, message: string): DaypassError {
  return new DaypassError('invalid_request', message, { param });
}

export function unsupported(param: string, message: string): DaypassError {
  return new DaypassError('unsupported_parameter', message, { param });
}

export function notTaken(param: string, { name }: Pick<CatalogModel, 'name'>): DaypassError {
  return unsupported(param, `'${name}' does not take ${param}. Leave it out.`);
}

/** Two fields that the model takes one at a time. */
export function alone(param: string, other: string, { name }: Pick<CatalogModel, 'name'>): DaypassError {
  return unsupported(param, `'${name}' can't take ${param} together with ${other}.`);
}
