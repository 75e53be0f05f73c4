import { readSvg } from '../../../lib/site/svg.ts';

const svg = (inside: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"${more}>${inside}</svg>`;

test('reads a picture with its proportions', () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by hand -->
${svg(
  `
  <title>Acme &amp; Sons</title>
  <defs><linearGradient id="g"><stop offset="0" stop-color='#b3421d'/></linearGradient></defs>
  <style>.a { fill: url(#g) }</style>
  <path class="a" d="M0 0h40v20z" style="stroke: url('#g')"/>
  <use xlink:href="#g" href="#g"/>
`,
  ' xmlns:xlink="http://www.w3.org/1999/xlink"',
)}
`;
  expect(readSvg(text)).toMatchObject({ width: 40, height: 20 });
});

test.each([
  ['a script', svg('<script>alert(1)</script>'), /<script>/],
  ['a script by a prefix', svg('<s:script/>', ' xmlns:s="http://www.w3.org/2000/svg"'), /<s:script>/],
  ['a script in other letters', svg('<SCRIPT/>'), /<SCRIPT>/],
  ['an event handler', svg('<path onclick="alert(1)"/>'), /onclick/],
  ['an event handler of its own', svg('', ' onload="alert(1)"'), /onload/],
  ['HTML', svg('<foreignObject/>'), /<foreignObject>/],
  ['HTML by its namespace', svg('<g xmlns="http://www.w3.org/1999/xhtml"/>'), /on no other/],
  ['a link', svg('<a href="https://evil.example"><path/></a>'), /<a>/],
  ['a bitmap', svg('<image href="https://evil.example/a.png"/>'), /<image>/],
  ['what changes a link later', svg('<set attributeName="href" to="javascript:alert(1)"/>'), /<set>/],
  ['a foreign use', svg('<use href="https://evil.example/a.svg#b"/>'), /as href does/],
  [
    'a foreign use by another prefix',
    svg('<use x:href="//evil.example/a.svg#b"/>', ' xmlns:x="http://www.w3.org/1999/xlink"'),
    /as x:href does/,
  ],
  ['a foreign paint', svg('<path fill="url(https://evil.example#a)"/>'), /as fill does/],
  [
    'a foreign paint in a style',
    svg('<path style="fill:url( &quot;https://evil.example#a&quot; )"/>'),
    /as style does/,
  ],
  ['a foreign style', svg('<style>@import "https://evil.example/a.css";</style>'), /as its style does/],
  [
    'a foreign style, cut in two',
    svg('<style>@imp<!-- -->ort "https://evil.example/a.css";</style>'),
    /as its style does/,
  ],
  [
    'a style with an escape',
    svg('<style>@\\69mport "https://evil.example/a.css";</style>'),
    /as its style does/,
  ],
  [
    'a style with an entity',
    svg('<style>&#64;import "https://evil.example/a.css";</style>'),
    /as its style does/,
  ],
  ['an entity in a link', svg('<use href="&#106;avascript:alert(1)"/>'), /must not have & in href/],
  ['a document type', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`, /without a document type/],
  ['a style sheet', `<?xml-stylesheet href="https://evil.example/a.css"?>${svg('')}`, /well-formed/],
  ['a tag that is not closed', svg('<g>'), /well-formed/],
  ['two pictures', svg('') + svg(''), /well-formed/],
  ['text around it', `${svg('')} hello`, /well-formed/],
  ['an attribute twice', svg('<path d="M0 0" d="M1 1"/>'), /well-formed/],
  ['no namespace', '<svg viewBox="0 0 1 1"></svg>', /xmlns=/],
  ['another element', '<g xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></g>', /well-formed/],
  ['no viewBox', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', /viewBox/],
  ['a viewBox of nothing', svg('').replace('40 20', '0 20'), /viewBox/],
  ['HTML in its place', '<html><script>alert(1)</script></html>', /well-formed/],
  ['nothing', '', /well-formed/],
])('refuses %s', (_what, text, words) => {
  expect(readSvg(text)).toMatch(words);
});
