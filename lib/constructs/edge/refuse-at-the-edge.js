// Goes in front of each CloudFront function: viewer-request-function.ts, which also defines `errors` and `cors`.

// A client with a wrong base URL gets the right one, in the body that both OpenAI's and Anthropic's clients read.
function noSuchRoute(event) {
  var request = event.request;
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method']) return preflight();
  var host = request.headers.host ? request.headers.host.value : '';
  // CloudFront takes API calls by https alone, and the local runtime has plain http.
  var origin = (/^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host) ? 'http://' : 'https://') + host;
  var azure = request.uri.indexOf('/openai/') < 0 ? '' : ' Use the OpenAI client, not the one for Azure.';
  var message = `There is no such route. The base URL is ${origin}/v1 for OpenAI clients, and ${origin} for Anthropic clients, which add /v1 themselves.${azure} GET ${origin}/v1/openapi.json lists all routes.`;
  return refuse(event, 'not_found', message);
}

// Without an answer that allows the call, a browser would hide the refusal from its page.
function preflight() {
  return {
    statusCode: 204,
    headers: {
      'access-control-allow-origin': { value: '*' },
      'access-control-allow-methods': { value: cors.allowMethods },
      'access-control-allow-headers': { value: cors.allowHeaders },
    },
  };
}

function refuse(event, code, message) {
  var id = event.context.requestId;
  var body = {
    type: 'error',
    error: Object.assign({}, errors[code].error, { message: message }),
    request_id: id,
  };
  return {
    statusCode: errors[code].status,
    headers: {
      'access-control-allow-origin': { value: '*' },
      'access-control-expose-headers': { value: cors.exposeHeaders },
      'cache-control': { value: 'no-store' },
      'content-type': { value: 'application/json' },
      'x-content-type-options': { value: 'nosniff' },
      'x-request-id': { value: id },
      'request-id': { value: id },
    },
    body: JSON.stringify(body),
  };
}
