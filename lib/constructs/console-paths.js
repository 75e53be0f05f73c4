// CloudFront function (JavaScript runtime 2.0), at the viewer's request on the console: a path without an extension is
// one of the console's own addresses, so it gets the page. An error response for the whole distribution would do the
// same to the API's 403 and 404.
function handler(event) {
  var request = event.request;
  var last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
