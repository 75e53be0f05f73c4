/** A page of this machine for a browser. `style` and `body` are markup. */
export function machinePage({ title, style, body }: { title: string; style: string; body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asHtml(title)}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  h1 { font-size: 1.25rem; }
${style}
</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** A page of a stand-in that people see. */
export const localPage = (title: string, content: string): string =>
  machinePage({
    title,
    style: `  body { max-width: 24rem; margin: 3rem auto; padding: 0 1rem; }
  form { display: grid; gap: 1rem; }
  label { display: grid; gap: .25rem; }
  label.check { grid-template-columns: auto 1fr; align-items: center; }
  input, select, button { font: inherit; padding: .5rem; }`,
    body: `<main>
<h1>${asHtml(title)}</h1>
${content}
</main>`,
  });

export function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Where a played provider asks whom to log in.
 *
 * @param kept goes back with the form as it came
 * @param faults what may go wrong, by its name
 * @param more further fields
 */
export function providerPage(
  host: string,
  action: string,
  kept: URLSearchParams,
  faults: Readonly<Record<string, string>>,
  more = '',
): string {
  const hidden = [...kept].map(
    ([name, value]) => `<input type="hidden" name="${asHtml(name)}" value="${asHtml(value)}">`,
  );
  const options = Object.entries(faults).map(([value, text]) => `<option value="${value}">${text}</option>`);
  return localPage(
    `Log in at ${host}`,
    `<p>This provider is played by the local runtime: it logs in whomever you name.</p>
<form method="post" action="${action}">
${hidden.join('\n')}
<label>E-mail address <input name="email" type="email" required autocomplete="off"></label>
${more}<label>What goes wrong <select name="fault">${options.join('')}</select></label>
<button type="submit">Log in</button>
</form>`,
  );
}
