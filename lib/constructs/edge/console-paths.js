// CloudFront function (JavaScript runtime 2.0), run on viewer requests to everything but /v1/*. The console's addresses get
// its page, and so does whatever a browser opens. Clients that call the API at a wrong base URL arrive here too.
var pages =
  /^\/(?:(?:sign-in|sign-up|confirm|forgot-password|reset-password|keys(?:\/[^/]+)?|playground|activity|secrets(?:\/[^/]+(?:\/receipt)?)?|sealed\/[^/]+|pages\/[^/]+|usage|billing|settings|docs(?:\/[^/]+)?|admin(?:\/(?:users(?:\/[^/]+)?|keys|usage|audit|health))?)\/?)?$/;
var files =
  /^\/(?:index\.html|landing\.html|config\.json|favicon\.svg|brand\.css|logo(?:-dark)?\.svg|pages\/[a-z0-9-]+\.json|theme\.js|assets\/.+)$/;

function handler(event) {
  var request = event.request;
  // Never passed on: S3 answers other methods with an error of its own.
  if (request.method !== 'GET' && request.method !== 'HEAD') return noSuchRoute(event);
  if (files.test(request.uri)) return request;
  if (request.uri === '/' && !isKnown(request)) {
    request.uri = '/landing.html';
    return request;
  }
  if (!pages.test(request.uri) && !isOpenedByBrowser(request)) return noSuchRoute(event);
  // Not by an error response of the distribution, which would also replace the API's 403 and 404.
  request.uri = '/index.html';
  return request;
}

function isOpenedByBrowser(request) {
  var accept = request.headers.accept;
  return accept !== undefined && accept.value.indexOf('text/html') >= 0;
}

// The console leaves the cookie as long as somebody is logged in. It only chooses the page, and anyone may set it.
function isKnown(request) {
  return request.cookies !== undefined && request.cookies['daypass-logged-in'] !== undefined;
}
