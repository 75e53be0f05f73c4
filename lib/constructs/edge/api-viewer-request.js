// CloudFront function (JavaScript runtime 2.0), run on viewer requests to /v1/*. The headers that it sets replace
// whatever the viewer sent under their names.
function handler(event) {
  var headers = event.request.headers;
  headers['x-daypass-viewer-address'] = { value: event.viewer.ip };
  headers['x-daypass-viewer-network'] = { value: networkOf(event.viewer.ip) };
  tellDayEnd(headers);
  moveBearerKey(headers);
  return event.request;
}

// AWS WAF counts by whole addresses, and an IPv6 connection has 2^64 of them. The first stands for all.
function networkOf(ip) {
  if (ip.indexOf(':') < 0) return ip;
  if (ip.indexOf('.') >= 0) return ip.slice(ip.lastIndexOf(':') + 1);
  var halves = ip.split('::');
  var groups = halves[0] ? halves[0].split(':') : [];
  var tail = halves[1] ? halves[1].split(':') : [];
  while (groups.length + tail.length < 8) groups.push('0');
  return `${groups.concat(tail).slice(0, 4).join(':')}::`;
}

// API Gateway's own refusal of a used-up quota can't compute the seconds until 00:00 UTC, and CloudFront runs no function
// on a response of 400 or above. So they go with the request, and the refusal copies them: refusals.ts.
function tellDayEnd(headers) {
  var day = 86400000;
  var seconds = Math.ceil((day - (Date.now() % day)) / 1000);
  headers['x-daypass-day-ends-in'] = { value: String(seconds) };
  headers['x-daypass-day-reset'] = { value: `${seconds}s` };
}

// API Gateway looks for a key only in x-api-key, and OpenAI's clients send it as a bearer token: a bearer token of a key's
// form (core/contract/key-form.ts) moves there. Login tokens stay where they are.
function moveBearerKey(headers) {
  if (!headers.authorization) return;
  var match = /^[Bb][Ee][Aa][Rr][Ee][Rr] +(dpk[0-9A-Za-z]{38})$/.exec(headers.authorization.value.trim());
  if (!match) return;
  if (!headers['x-api-key']) headers['x-api-key'] = { value: match[1] };
  delete headers.authorization;
}
