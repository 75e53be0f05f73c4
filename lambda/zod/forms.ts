/** The forms of texts, as zod has them. */

export const emailForm =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

/** A day that the calendar has. */
export const dateForm =
  '(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))';

/** @param precision -1: without seconds */
export function datetimeForm(parameters: unknown): RegExp {
  const { offset, precision } = Object(parameters) as { offset?: boolean; precision?: number };
  const minutes = '(?:[01]\\d|2[0-3]):[0-5]\\d';
  const time = precision === -1 ? minutes : `${minutes}:[0-5]\\d(?:\\.\\d+)?`;
  const zone = offset ? '(?:Z|([+-](?:[01]\\d|2[0-3]):[0-5]\\d))' : '(?:Z)';
  return new RegExp(`^${dateForm}T(?:${time}${zone})$`);
}
