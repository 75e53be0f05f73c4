import type { AwsError, AwsResponse } from './service.ts';

/** An error as the JSON protocols write it, REST and RPC alike: clients read the header or `__type`. */
export const jsonError = (error: AwsError): Exclude<AwsResponse, { handled: true }> => ({
  status: error.status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code, ...error.headers },
  body: JSON.stringify({ __type: error.code, message: error.message }),
});
