export interface MarkersConfig {
  /** Values go inside JSON text, without its quotes. */
  readonly jsonEscape: boolean;
  /** Per marker, over the default that `jsonEscape` chooses. */
  readonly markerEncodings: Readonly<Record<string, string>>;
}

/**
 * Puts deploy-time values into a deployed file. `Source.data`, `jsonData` and `yamlData` leave a marker for each
 * token and pass its value as a property of the deployment.
 * @param markers marker → value
 */
export function replaceMarkers(
  content: Buffer,
  markers: Readonly<Record<string, unknown>>,
  config: MarkersConfig,
): Buffer {
  const entries = Object.entries(markers);
  if (entries.length === 0) return content;
  // Latin-1 maps every byte to one character and back, so files that aren't text survive.
  let text = content.toString('latin1');
  for (const [marker, value] of entries)
    text = text.replaceAll(bytesAsText(marker), () => bytesAsText(encode(marker, value, config)));
  return Buffer.from(text, 'latin1');
}

const bytesAsText = (text: string) => Buffer.from(text).toString('latin1');

function encode(marker: string, value: unknown, { jsonEscape, markerEncodings }: MarkersConfig): string {
  const encoding = markerEncodings[marker] ?? (jsonEscape ? 'UNQUOTED_JSON_VALUE' : 'LITERAL');
  switch (encoding) {
    case 'LITERAL':
      return textOnly(marker, value);
    case 'JSON_VALUE':
      return JSON.stringify(value);
    case 'UNQUOTED_JSON_VALUE':
      return JSON.stringify(value).replace(/^"(.*)"$/s, '$1');
    case 'YAML_STRING':
      return yamlString(textOnly(marker, value));
    default:
      throw new Error(`marker encoding ${encoding} is not supported.`);
  }
}

function textOnly(marker: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`marker ${marker} needs text, got ${typeof value}.`);
}

const reservedInYaml = /^(y|n|yes|no|true|false|on|off|null)$/i;

function yamlString(text: string): string {
  return /^[A-Za-z][A-Za-z0-9._-]*$/.test(text) && !reservedInYaml.test(text) ? text : JSON.stringify(text);
}
