// CloudFront function (JavaScript runtime 2.0), run on viewer requests to the console. A path without an extension is one
// of the console's own addresses and gets its page. An error response of the distribution would also replace the API's
// 403 and 404.
function handler(event) {
  var request = event.request;
  var last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
