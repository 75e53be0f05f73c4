// CloudFront function (JavaScript runtime 2.0), run on viewer requests to /v1/*. The headers that it sets replace
// whatever the viewer sent under their names.
function handler(event) {
  var headers = event.request.headers;
  if (!isApiPath(event.request.uri)) return noSuchRoute(event);
  var allowed = methodsAt(event.request.uri);
  if (allowed && !isAllowed(event.request.method, allowed)) return refuseMethod(event, allowed);
  if (isForKeys(event.request.uri) && isKeyWithoutBearer(headers))
    return refuse(event, 'invalid_api_key', bearerForm);
  headers['x-daypass-viewer-address'] = { value: event.viewer.ip };
  headers['x-daypass-viewer-network'] = { value: networkOf(event.viewer.ip) };
  headers['x-daypass-viewer-host'] = { value: headers.host.value };
  tellDayEnd(headers);
  moveKey(headers);
  return event.request;
}

var bearerForm =
  'The Authorization header holds a key, but not in the form `Authorization: Bearer KEY`. Put `Bearer` and a space before the key, and nothing after it; or send the key as x-api-key.';

// API Gateway refuses unknown routes below /v1, but can't name the base URL that a caller sees.
function isApiPath(uri) {
  return /^\/v1\/(?![vV]1(\/|$))/.test(uri) && uri.indexOf('//') < 0;
}

// API Gateway refuses a method that a path doesn't have as it refuses a path that doesn't exist.
function methodsAt(uri) {
  if (methods[uri]) return methods[uri];
  var parts = uri.split('/');
  var path = Object.keys(methods).find((each) => {
    var names = each.split('/');
    return (
      names.length === parts.length &&
      names.every((name, at) => (name === '*' ? parts[at] : name === parts[at]))
    );
  });
  return path && methods[path];
}

function isAllowed(method, allowed) {
  return method === 'OPTIONS' || allowed.split(', ').indexOf(method) >= 0;
}

function refuseMethod(event, allowed) {
  var message = `${event.request.uri} takes ${allowed}, but not ${event.request.method}.`;
  var refusal = refuse(event, 'method_not_allowed', message);
  refusal.headers.allow = { value: `${allowed}, OPTIONS` };
  return refusal;
}

// AWS WAF counts by whole addresses, and an IPv6 connection has 2^64 of them. The first represents all.
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

// API Gateway looks for a key only in x-api-key. OpenAI's clients send it as a bearer token, and those for Azure as api-key:
// what has the form of a secret moves there. Login tokens stay where they are.
function moveKey(headers) {
  moveFrom('authorization', new RegExp(`^[Bb][Ee][Aa][Rr][Ee][Rr] +(${keyForm})$`), headers);
  moveFrom('api-key', new RegExp(`^(${keyForm})$`), headers);
}

function moveFrom(name, form, headers) {
  var match = headers[name] && form.exec(headers[name].value.trim());
  if (!match) return;
  if (!headers['x-api-key']) headers['x-api-key'] = { value: match[1] };
  delete headers[name];
}

function isForKeys(uri) {
  return keyPaths.some((path) => uri === path || uri.startsWith(`${path}/`));
}

// Quotes, another scheme or none: API Gateway would only say that there is no key.
function isKeyWithoutBearer(headers) {
  if (!headers.authorization || headers['x-api-key'] || headers['api-key']) return false;
  var value = headers.authorization.value.trim();
  return new RegExp(`(^|[^\\w.-])${keyForm}($|[^\\w.-])`).test(value) && !/^bearer +\w+$/i.test(value);
}
