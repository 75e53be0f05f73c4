import * as z from 'zod';

/** The event structure of CloudFront Functions, both ways. */
const value = z.looseObject({
  value: z.string(),
  multiValue: z.array(z.looseObject({ value: z.string(), attributes: z.string().optional() })).optional(),
  attributes: z.string().optional(),
});
const values = z.record(z.string(), value);

export const functionRequest = z.looseObject({
  method: z.string(),
  uri: z.string().startsWith('/'),
  querystring: z.union([values, z.string()]).default({}),
  headers: values.default({}),
  cookies: values.default({}),
});

export const functionResponse = z.looseObject({
  statusCode: z.number().int().min(200).max(599),
  statusDescription: z.string().optional(),
  headers: values.default({}),
  cookies: values.default({}),
  body: z
    .union([z.string(), z.looseObject({ encoding: z.enum(['text', 'base64']), data: z.string() })])
    .optional(),
});

export type FunctionValue = z.input<typeof value>;
export type FunctionRequest = z.output<typeof functionRequest>;
export type FunctionResponse = z.output<typeof functionResponse>;

export interface FunctionEvent {
  readonly version: '1.0';
  readonly context: {
    readonly distributionDomainName: string;
    readonly distributionId: string;
    readonly eventType: 'viewer-request' | 'viewer-response';
    readonly requestId: string;
  };
  readonly viewer: { readonly ip: string };
  readonly request: FunctionRequest;
  readonly response?: FunctionResponse;
}
