// CloudFront function (JavaScript runtime 2.0), at the viewer's request on /v1/*. API Gateway looks for a key in
// x-api-key only, while OpenAI's clients send it as a bearer token: a bearer that has a key's form moves there.
// Login tokens stay where they are.
function handler(event) {
  var headers = event.request.headers;
  var authorization = headers.authorization;
  if (!authorization) return event.request;
  var match = /^[Bb][Ee][Aa][Rr][Ee][Rr] +(dpk[0-9A-Za-z]{38})$/.exec(authorization.value.trim());
  if (!match) return event.request;
  if (!headers['x-api-key']) headers['x-api-key'] = { value: match[1] };
  delete headers.authorization;
  return event.request;
}
