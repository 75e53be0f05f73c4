import { errorOfResponse, networkError } from './api-error.ts';

/**
 * `fetch` whose failures are all of one class.
 * @throws ApiError for no answer and for every answer but 2xx; what `signal` aborted is thrown as fetch does
 */
export async function request(send: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  const response = await send(url, init).catch((cause: unknown) => {
    throw init.signal?.aborted === true ? cause : networkError(cause);
  });
  if (response.ok) return response;
  throw await errorOfResponse(response);
}
