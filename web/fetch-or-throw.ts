import { errorOfResponse, networkError } from './api-error.ts';

/**
 * `fetch` with one class of error.
 * @throws ApiError if there is no answer, or not a 2xx; a call that `signal` aborted throws as fetch does
 */
export async function request(send: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  const response = await send(url, init).catch((cause: unknown) => {
    throw init.signal?.aborted === true ? cause : networkError(cause);
  });
  if (response.ok) return response;
  throw await errorOfResponse(response);
}
