// CloudFront function (JavaScript runtime 2.0), run on viewer requests to everything but /v1/*. The console's addresses get
// its page, and so does whatever a browser opens. Clients that call the API at a wrong base URL arrive here too.
var pages =
  /^\/(?:(?:sign-in|sign-up|confirm|forgot-password|reset-password|keys(?:\/[^/]+)?|playground|activity|secrets(?:\/[^/]+(?:\/receipt)?)?|sealed\/[^/]+|pages\/[^/]+|usage|billing|settings|docs(?:\/[^/]+)?|admin(?:\/(?:users(?:\/[^/]+)?|keys|usage|audit|health))?)\/?)?$/;
var files =
  /^\/(?:index\.html|landing(?:\.\w+)?\.html|config\.json|favicon\.svg|brand\.css|logo(?:-dark)?\.svg|pages\/[a-z0-9-]+\.json|theme\.js|assets\/.+)$/;

function handler(event) {
  var request = event.request;
  // Never passed on: S3 answers other methods with an error of its own.
  if (request.method !== 'GET' && request.method !== 'HEAD') return noSuchRoute(event);
  if (files.test(request.uri)) return request;
  var language = landingLanguage(request);
  if (language) {
    request.uri = `/${landingFiles[language]}`;
    return request;
  }
  if (!pages.test(request.uri) && !isOpenedByBrowser(request)) return noSuchRoute(event);
  // Not by an error response of the distribution, which would also replace the API's 403 and 404.
  request.uri = '/index.html';
  return request;
}

// The landing page has an address in each language; at / it is in the one that the visitor chose, or whose browser asks for it.
// CloudFront caches by what is returned here, so no visitor gets another's.
function landingLanguage(request) {
  if (request.uri !== '/') return knownLanguage(request.uri.replace(/^\/|\/$/g, ''));
  if (isKnown(request)) return undefined;
  var chosen = request.cookies && request.cookies['daypass-language'];
  return (chosen && knownLanguage(chosen.value)) || preferredLanguage(request.headers['accept-language']);
}

function preferredLanguage(header) {
  var preferred = 'en';
  var most = 0;
  (header ? header.value : '').split(',').forEach((range) => {
    var parts = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/);
    var weight = parts.length > 1 ? Number(parts[1]) : 1;
    var language = knownLanguage(parts[0].split('-')[0]);
    if (!language || !(weight > most)) return;
    preferred = language;
    most = weight;
  });
  return preferred;
}

function knownLanguage(name) {
  return Object.keys(landingFiles).indexOf(name) >= 0 ? name : undefined;
}

function isOpenedByBrowser(request) {
  var accept = request.headers.accept;
  return accept !== undefined && accept.value.indexOf('text/html') >= 0;
}

// The console leaves the cookie as long as somebody is logged in. It only chooses the page, and anyone may set it.
function isKnown(request) {
  return request.cookies !== undefined && request.cookies['daypass-logged-in'] !== undefined;
}
