/** HTML that needs no more escaping. */
export interface Html {
  readonly html: string;
}

type Value = string | number | false | Html | readonly Html[];

/** Escapes what is put in, unless it is HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.reduce((page, part, index) => page + written(values[index - 1] ?? '') + part) };
}

function written(value: Value): string {
  if (value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map((each) => each.html).join('');
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
