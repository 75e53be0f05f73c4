const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a Host header names this machine, also by a name below `localhost`, which browsers resolve to this machine
 * only. Any other comes from a web page whose own name was pointed at 127.0.0.1 (DNS rebinding; a page can't change the
 * Host that its browser sends), or through a proxy set up by mistake.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase() ?? '';
  return loopbackNames.has(name) || name.endsWith('.localhost');
}
