const prologue =
  /^#set\(\$origin = \$input\.params\(\)\.header\.get\("Origin"\)\)\s*#if\(\$origin == ""\)\s*#set\(\$origin = \$input\.params\(\)\.header\.get\("origin"\)\)\s*#end\s*#if\((?<condition>[^)]*)\)\s*#set\(\$context\.responseOverride\.header\.Access-Control-Allow-Origin = \$origin\)\s*#end\s*$/;

/**
 * The one response template that needs the template engine on AWS: what CDK writes for a CORS preflight with
 * several allowed origins. It echoes the caller's origin when it is one of the further origins.
 * @returns those origins, or undefined for any other template
 */
export function compileCorsOriginTemplate(template: string): readonly string[] | undefined {
  const condition = prologue.exec(template.trim())?.groups?.condition;
  if (condition === undefined) return undefined;
  const origins = condition.split('||').map((test) => /^\s*\$origin == "([^"]*)"\s*$/.exec(test)?.[1]);
  return origins.every((origin) => origin !== undefined) ? origins : undefined;
}
