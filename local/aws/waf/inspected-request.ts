/** What AWS WAF sees of a call, in the parts that are supported here. */
export interface InspectedRequest {
  readonly httpMethod: string;
  /** As sent: with the stage, without the query. */
  readonly path: string;
  /** As sent: case, order and repetitions kept. */
  readonly headers: readonly (readonly [string, string])[];
  /** Of the TCP peer. */
  readonly sourceIp: string;
}

/** All values of a header in one text; undefined when it isn't there. */
export function headerOf({ headers }: InspectedRequest, name: string): string | undefined {
  const values = headers
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(',');
}
