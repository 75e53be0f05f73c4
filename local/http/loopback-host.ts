const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a Host header names this machine. Anything else is a web page on another name that was pointed at
 * 127.0.0.1 (DNS rebinding), or a proxy nobody meant to set up.
 */
export const isLoopbackHost = (host: string | undefined): boolean => loopbackNames.has(nameOf(host));

/** Also a name below `localhost`, which browsers resolve to this machine only. */
export const isLocalhostName = (host: string | undefined): boolean =>
  isLoopbackHost(host) || nameOf(host).endsWith('.localhost');

const nameOf = (host: string | undefined): string => host?.replace(/:\d+$/, '').toLowerCase() ?? '';
