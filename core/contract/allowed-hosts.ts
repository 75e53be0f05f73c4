import * as z from 'zod';

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export const allowedHosts = z
  .array(
    z
      .string()
      .max(253)
      .regex(hostName, {
        error: 'must be a host name in lower case, without scheme or port, other letters in punycode (xn--…)',
        abort: true,
      })
      // A page's Origin has nothing else, so anything else would never match.
      .refine(isHostOfPages, 'must be a host name as browsers write it'),
  )
  .min(1, 'must name at least one host')
  .max(50)
  .optional()
  .describe(
    'Hosts whose web pages may use the key, checked against the `Origin` header. Only browsers are bound by it: other programs can send any `Origin`. Without it, pages of any host may',
  );

/** `null` is what pages without a host send; browsers write some numbers out as an address. */
function isHostOfPages(host: string): boolean {
  const origin = `http://${host}`;
  return host !== 'null' && URL.canParse(origin) && new URL(origin).hostname === host;
}
