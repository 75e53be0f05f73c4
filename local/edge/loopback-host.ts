const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a Host header names this machine. Anything else is a web page on another name that was pointed at
 * 127.0.0.1 (DNS rebinding), or a proxy nobody meant to set up.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase() ?? '';
  return loopbackNames.has(name) || name.endsWith('.localhost');
}
