/** Everything the process prints from now on, by any way, until it is restored. */
export function captureOutput(): { text(): string; lines(): Record<string, unknown>[]; restore(): void } {
  let printed = '';
  const keep = (chunk: unknown) => {
    printed += chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk);
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(keep),
    jest.spyOn(process.stderr, 'write').mockImplementation(keep),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((method) =>
      jest
        .spyOn(console, method)
        .mockImplementation((...parts) => void keep(`${parts.map(String).join(' ')}\n`)),
    ),
  ];
  return {
    text: () => printed,
    lines: () =>
      printed
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    restore() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
